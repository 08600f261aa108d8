/**
 * Cases per hour (CPH): handled contacts by hours, where the field uses five different hours. The
 * answers differ by half and more, so each has its own name and none is shown without it.
 *
 * - scheduled: hours on the roster                 - signed on: hours logged in
 * - active (the default): signed on less available, so that a quiet hour is not held against the agent
 * - on task: talk + hold + wrap-up only, 3600 / mean handling time
 * - paid: hours paid for, breaks and training included; the one that costs are made from
 *
 * Each leg of a transferred contact counts. No case mix is taken out: two agents with different work
 * are not compared by CPH. Interval: `hourlyRateEstimate` over an agent's days.
 *
 * @example
 * PRODUCTIVITY_METRICS.map((metric) => metric.definition.id)[2] // => "casesPerHour"
 */

import type { GroupSums } from "../shared/tally.ts";
import { splitTime } from "./agent-time.ts";
import { AGENT_DAY, type Metric, metric, type Words } from "./metric.ts";

export const PRODUCTIVITY_METRICS = [
  casesPer({
    id: "casesPerHourScheduled",
    name: { en: "Cases per scheduled hour", zh: "每排班小时处理量" },
    hours: { en: "scheduled hours", zh: "排班小时数" },
    source: "contact-centre glossaries (contacts per scheduled hour)",
    seconds: ({ time }) => time?.scheduledSeconds ?? 0,
  }),
  casesPer({
    id: "casesPerHourSignedOn",
    name: { en: "Cases per signed-on hour", zh: "每登录小时处理量" },
    hours: { en: "signed-on hours", zh: "登录小时数" },
    source: "Call Centre Helper, Calls per hour (productivity, log-in time)",
    seconds: ({ time }) => time?.signedOnSeconds ?? 0,
  }),
  casesPer({
    id: "casesPerHour",
    name: { en: "Cases per hour", zh: "每小时处理量" },
    hours: {
      en: "active hours (signed-on time less time available and waiting for work)",
      zh: "活跃小时数（登录时间减去空闲等待时间）",
    },
    source: "CX Central, Calls Per Hour (log-in time less wait time)",
    seconds: activeSeconds,
  }),
  casesPer({
    id: "casesPerHourOnTask",
    name: { en: "Cases per hour on task", zh: "每处理小时处理量" },
    hours: {
      en: "hours of talk, hold and wrap-up, so 3600 / mean handling time",
      zh: "通话、保持与话后处理的小时数，即 3600 ÷ 平均处理时长",
    },
    source: "Call Centre Helper, Calls per hour (reciprocal of handle time)",
    seconds: ({ contact }) => contact.handleSeconds,
  }),
  casesPer({
    id: "casesPerHourPaid",
    name: { en: "Cases per paid hour", zh: "每付薪小时处理量" },
    hours: { en: "paid hours, shrinkage included", zh: "付薪小时数（含损耗）" },
    source: "cost models; COPC-derived (paid time below)",
    seconds: ({ time }) => time?.paidSeconds ?? 0,
  }),
] as const;

/** Signed-on less available seconds; 0 where the log does not split its time. */
export function activeSeconds(group: GroupSums): number {
  const time = splitTime(group);
  return time === null ? 0 : time.signedOnSeconds - time.availableSeconds;
}

function casesPer<const Id extends string>(of: {
  readonly id: Id;
  readonly name: Words;
  readonly hours: Words;
  readonly source: string;
  readonly seconds: (group: GroupSums) => number;
}): Metric<Id> {
  return metric({
    definition: {
      id: of.id,
      version: 1,
      name: of.name,
      formula: {
        en: `handled contacts / ${of.hours.en}`,
        zh: `接起量 ÷ ${of.hours.zh}`,
      },
      unit: "contacts per hour",
      population: {
        en: "handled contact legs and the time of the agents of the group",
        zh: "接起的联络段与该组坐席的时间",
      },
      window: AGENT_DAY,
      nullMeans: {
        en: "no such time is logged, or the group (a queue, an hour) has no agent time",
        zh: "没有记录此类时间，或该分组（如队列、小时）不统计坐席时间",
      },
      source: of.source,
    },
    value: (group) => {
      const seconds = of.seconds(group);
      return seconds > 0 ? (group.contact.handled * 3600) / seconds : null;
    },
    basis: (group) => group.contact.handled,
  });
}
