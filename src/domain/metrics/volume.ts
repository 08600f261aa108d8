/**
 * How much there was: plain counts. A count is never null; an agent's `abandoned` is 0 because a
 * customer who left the queue never had an agent, not because nobody left.
 *
 * offered = handled + abandoned + redirected: contacts that entered a queue and have ended.
 *
 * @example
 * VOLUME_METRICS.map((metric) => metric.definition.id).slice(0, 3) // => ["contacts", "offered", "handled"]
 */

import type { ContactSums } from "../shared/tally.ts";
import { ARRIVAL_DAY, type Metric, metric, type Words } from "./metric.ts";

export const VOLUME_METRICS = [
  count({
    id: "contacts",
    name: { en: "Contacts", zh: "联络量" },
    formula: {
      en: "number of contact legs in the log, whatever came of them",
      zh: "日志中的联络段数，不论结果如何",
    },
    of: (sums) => sums.contacts,
  }),
  count({
    id: "offered",
    name: { en: "Offered", zh: "进队量" },
    formula: { en: "handled + abandoned + redirected", zh: "接起量 + 放弃量 + 转出量" },
    of: offeredContacts,
  }),
  count({
    id: "handled",
    name: { en: "Handled", zh: "接起量" },
    formula: {
      en: "number of contact legs that an agent served; each leg of a transferred contact counts",
      zh: "由坐席服务的联络段数；转接联络的每一段各计一次",
    },
    of: (sums) => sums.handled,
  }),
  count({
    id: "abandoned",
    name: { en: "Abandoned", zh: "放弃量" },
    formula: {
      en: "number of contacts whose customer left while waiting in the queue",
      zh: "客户在排队等待时离开的联络数",
    },
    of: (sums) => sums.abandoned,
  }),
  count({
    id: "redirected",
    name: { en: "Redirected", zh: "转出量" },
    formula: {
      en: "number of contacts that left the queue by key, timeout or overflow, unserved",
      zh: "因按键、超时或溢出离开队列、未在该队列获得服务的联络数",
    },
    of: (sums) => sums.redirected,
  }),
  count({
    id: "transferred",
    name: { en: "Transferred", zh: "转接量" },
    formula: {
      en: "number of handled contact legs passed on to another agent or queue at their end",
      zh: "结束时转给其他坐席或队列的联络段数",
    },
    of: (sums) => sums.transferred,
  }),
  count({
    id: "handOffs",
    name: { en: "Hand-offs", zh: "工单移交次数" },
    formula: {
      en: "number of times a ticket passed from one agent to another; names that are joined are one agent",
      zh: "工单由一名坐席移交给另一名坐席的次数；已合并的名字视为同一坐席",
    },
    of: (sums) => sums.handOffs,
  }),
  count({
    id: "ticketsResolved",
    name: { en: "Tickets resolved", zh: "已解决工单" },
    formula: { en: "number of tickets resolved", zh: "已解决的工单数" },
    of: (sums) => sums.ticketsResolved,
  }),
  count({
    id: "surveys",
    name: { en: "Surveys", zh: "满意度评价数" },
    formula: { en: "number of answered surveys", zh: "收到的满意度评价数" },
    of: (sums) => sums.surveys,
  }),
  count({
    id: "complaints",
    name: { en: "Complaints", zh: "投诉数" },
    formula: { en: "number of complaints received", zh: "收到的投诉数" },
    of: (sums) => sums.complaints,
  }),
  count({
    id: "actions",
    name: { en: "Actions", zh: "行动数" },
    formula: { en: "number of outcomes reported", zh: "上报的成果数" },
    of: (sums) => sums.actions,
  }),
  count({
    id: "actionsVerified",
    name: { en: "Verified actions", zh: "已核实行动数" },
    formula: { en: "number of outcomes reported and verified", zh: "上报且已核实的成果数" },
    of: (sums) => sums.actionsVerified,
  }),
] as const;

/** Contacts that entered a queue and have ended. */
export function offeredContacts(sums: ContactSums): number {
  return sums.handled + sums.abandoned + sums.redirected;
}

function count<const Id extends string>(of: {
  readonly id: Id;
  readonly name: Words;
  readonly formula: Words;
  readonly of: (sums: ContactSums) => number;
}): Metric<Id> {
  return metric({
    definition: {
      id: of.id,
      version: 1,
      name: of.name,
      formula: of.formula,
      unit: "count",
      population: { en: "all records of the group", zh: "该组的全部记录" },
      window: ARRIVAL_DAY,
      nullMeans: { en: "never: a count without records is 0", zh: "不会为空：没有记录时为 0" },
      source: "ISO 18295-1:2017 (measures of volume)",
    },
    value: (group) => of.of(group.contact),
    basis: (group) => of.of(group.contact),
  });
}
