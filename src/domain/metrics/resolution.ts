/**
 * Was it settled the first time? Two figures: contacts not followed by a repeat, and transfers.
 *
 * First-contact resolution = 1 − repeated / known, where a handled contact of a known customer is
 * repeated when the same customer comes again, on any channel, within W days. It is a proxy: the
 * customer may come for something else, or give up. Right-censored: a day is counted only when all its
 * W days have passed, so the last W days are never in it and the figure cannot flatter the present.
 * W = 7 where none is said. Intervals are Wilson's.
 *
 * @example
 * RESOLUTION_METRICS.map((metric) => metric.definition.id)[0] // => "firstContactResolution"
 */

import type { RepeatWindow } from "../shared/tally.ts";
import { shareInterval } from "./intervals.ts";
import { ARRIVAL_DAY, type Metric, metric, share } from "./metric.ts";

/** The window of `firstContactResolution` and of cost per resolution. */
export const DEFAULT_REPEAT_WINDOW: RepeatWindow = 7;

export const RESOLUTION_METRICS = [
  firstContactResolution("firstContactResolution", DEFAULT_REPEAT_WINDOW),
  firstContactResolution("firstContactResolution1Day", 1),
  firstContactResolution("firstContactResolution14Days", 14),
  firstContactResolution("firstContactResolution30Days", 30),
  metric({
    definition: {
      id: "transferShare",
      version: 1,
      name: { en: "Transfer share", zh: "转接率" },
      formula: { en: "transferred / handled contact legs", zh: "转接量 ÷ 接起量" },
      unit: "share",
      population: { en: "handled contact legs", zh: "接起的联络段" },
      window: ARRIVAL_DAY,
      nullMeans: { en: "no contact was handled", zh: "没有接起任何联络" },
      source: "COPC-derived (transfer rate); interval: Wilson 1927",
    },
    value: ({ contact }) => share({ part: contact.transferred, whole: contact.handled }),
    basis: ({ contact }) => contact.handled,
    interval: ({ contact }) =>
      shareInterval({ successes: contact.transferred, n: contact.handled }),
  }),
] as const;

function firstContactResolution<const Id extends string>(id: Id, days: RepeatWindow): Metric<Id> {
  const plural = days === 1 ? "day" : "days";
  return metric({
    definition: {
      id,
      version: 1,
      name: {
        en: `First-contact resolution, ${days} ${plural}`,
        zh: `首次解决率（${days} 天）`,
      },
      formula: {
        en: `1 − contacts whose customer came again within ${days} ${plural} on any channel / contacts`,
        zh: `1 − ${days} 天内同一客户经任一渠道再次联络的联络数 ÷ 联络数`,
      },
      unit: "share",
      population: {
        en: `handled contacts of known customers on days whose ${days} ${plural} have all passed`,
        zh: `已知客户的接起联络，且其后 ${days} 天已全部过去`,
      },
      window: {
        en: `${ARRIVAL_DAY.en}; repeats looked for in the ${days} ${plural} after (right-censored)`,
        zh: `${ARRIVAL_DAY.zh}；其后 ${days} 天内查找重复联络（右删失）`,
      },
      nullMeans: {
        en: "no handled contact of a known customer is old enough",
        zh: "没有足够早的已知客户接起联络",
      },
      source: "no-repeat proxy, ISO 18295-1:2017 (first contact resolution); interval: Wilson 1927",
    },
    value: ({ repeats }) => {
      const { customerKnown, repeated } = repeats[days];
      return share({ part: customerKnown - repeated, whole: customerKnown });
    },
    basis: ({ repeats }) => repeats[days].customerKnown,
    interval: ({ repeats }) => {
      const { customerKnown, repeated } = repeats[days];
      return shareInterval({ successes: customerKnown - repeated, n: customerKnown });
    },
  });
}
