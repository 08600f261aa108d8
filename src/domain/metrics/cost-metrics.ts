/**
 * The unit costs as metrics. The figure is a number in major units of the group's one currency,
 * already rounded to its minor unit; `costsOf` has the exact amount, its currency, and the reason
 * where there is none.
 *
 * @example
 * COST_METRICS.map((metric) => metric.definition.id)[2] // => "costPerAction"
 */

import type { RateSums } from "../shared/tally.ts";
import { type Cost, type Costs, costNumber, costsOf } from "./costs.ts";
import { AGENT_DAY, type Metric, metric, type Words } from "./metric.ts";

export const COST_METRICS = [
  unitCost({
    id: "costPerContact",
    name: { en: "Cost per contact", zh: "单次联络成本" },
    formula: {
      en: "cost (paid hours, contacts, verified actions at the agents' rates) / handled contacts",
      zh: "成本（按坐席费率计的付薪小时、联络与已核实行动）÷ 接起量",
    },
    cost: (costs) => costs.perContact,
    count: (rate) => rate.handled,
  }),
  unitCost({
    id: "costPerResolution",
    name: { en: "Cost per resolution", zh: "单次解决成本" },
    formula: {
      en: "cost / (handled contacts × first-contact resolution at 7 days)",
      zh: "成本 ÷（接起量 × 7 天首次解决率）",
    },
    cost: (costs) => costs.perResolution,
    count: (rate) => rate.handled,
  }),
  unitCost({
    id: "costPerAction",
    name: { en: "Cost per action", zh: "单次行动成本" },
    formula: { en: "cost / verified actions", zh: "成本 ÷ 已核实行动数" },
    cost: (costs) => costs.perAction,
    count: (rate) => rate.actionsVerified,
  }),
] as const;

function unitCost<const Id extends string>(of: {
  readonly id: Id;
  readonly name: Words;
  readonly formula: Words;
  readonly cost: (costs: Costs) => Cost;
  readonly count: (rate: RateSums) => number;
}): Metric<Id> {
  return metric({
    definition: {
      id: of.id,
      version: 1,
      name: of.name,
      formula: of.formula,
      unit: "money",
      population: {
        en: "agents of the group that have a cost rate, as of each contact's day",
        zh: "该组中有费率的坐席，费率取联络当日",
      },
      window: AGENT_DAY,
      nullMeans: {
        en: "no rate, rates in several currencies, no paid time logged, or nothing to divide by",
        zh: "没有费率、费率为多种货币、没有付薪时间记录，或除数为零",
      },
      source: "activity-based costing, Kaplan & Cooper 1998 (fully loaded unit cost)",
    },
    value: (group) => costNumber(of.cost(costsOf(group))),
    basis: (group) => (group.rates ?? []).reduce((total, rate) => total + of.count(rate), 0),
  });
}
