/**
 * How busy agents were while they could be had, and how long they could not.
 *
 * occupancy = handling / (handling + available). Paid or scheduled time below it makes utilisation,
 * another figure. aux share = aux / signed-on. Both are shares of time, not of trials, so neither has
 * a binomial interval. With several chats at once handling counts a minute more than once, and
 * occupancy is then too high.
 *
 * @example
 * OCCUPANCY_METRICS.map((metric) => metric.definition.id) // => ["occupancy", "auxShare"]
 */

import { splitTime } from "./agent-time.ts";
import { AGENT_DAY, metric, share } from "./metric.ts";

const NO_SPLIT = {
  en: "agents' time is not logged, or not split into available and aux time",
  zh: "没有坐席时间记录，或未区分空闲与小休时间",
};

export const OCCUPANCY_METRICS = [
  metric({
    definition: {
      id: "occupancy",
      version: 1,
      name: { en: "Occupancy", zh: "占用率" },
      formula: {
        en: "handling time / (handling time + available time)",
        zh: "处理时间 ÷（处理时间 + 空闲时间）",
      },
      unit: "share",
      population: {
        en: "time in which agents of the group could be had",
        zh: "该组坐席可接单的时间",
      },
      window: AGENT_DAY,
      nullMeans: NO_SPLIT,
      source: "COPC-derived; Erlang 1917 (carried load by agents)",
    },
    value: (group) => {
      const time = splitTime(group);
      if (time === null) return null;
      const part = group.contact.handleSeconds;
      return share({ part, whole: part + time.availableSeconds });
    },
    basis: (group) => group.contact.handled,
  }),
  metric({
    definition: {
      id: "auxShare",
      version: 1,
      name: { en: "Aux share", zh: "小休占比" },
      formula: { en: "aux time / signed-on time", zh: "小休时间 ÷ 登录时间" },
      unit: "share",
      population: { en: "signed-on time of the agents of the group", zh: "该组坐席的登录时间" },
      window: AGENT_DAY,
      nullMeans: NO_SPLIT,
      source: "COPC-derived (auxiliary time)",
    },
    value: (group) => {
      const time = splitTime(group);
      return time && share({ part: time.auxSeconds, whole: time.signedOnSeconds });
    },
    basis: (group) => group.contact.handled,
  }),
] as const;
