/**
 * What customers said: their satisfaction, and their complaints.
 *
 * Satisfaction (CSAT) is the mean of answered surveys on the scale 1 to 5, with Student's interval. Who
 * answers is no random sample, and no interval covers that. Complaints are counted per thousand
 * contacts, with Garwood's exact interval of the count; complaints arrive late, so the last month's
 * figure still grows. Contacts that the log says to ignore (phantom) are not in the thousand.
 *
 * @example
 * VOICE_METRICS.map((metric) => metric.definition.unit) // => ["points", "per thousand contacts"]
 */

import type { ContactSums } from "../shared/tally.ts";
import { countInterval, meanInterval } from "./intervals.ts";
import { ARRIVAL_DAY, metric, scaled, share } from "./metric.ts";

const MILLI = 1000;

export const VOICE_METRICS = [
  metric({
    definition: {
      id: "satisfactionMean",
      version: 1,
      name: { en: "Satisfaction", zh: "满意度均值" },
      formula: {
        en: "sum of survey points / answered surveys, on the scale 1 to 5",
        zh: "评价分数之和 ÷ 评价数（1 至 5 分）",
      },
      unit: "points",
      population: { en: "contacts with an answered survey", zh: "收到评价的联络" },
      window: {
        en: `${ARRIVAL_DAY.en}, whenever the survey was answered`,
        zh: `${ARRIVAL_DAY.zh}，不论何时收到评价`,
      },
      nullMeans: { en: "no survey was answered", zh: "没有收到评价" },
      source: "ISO 10004:2018 (customer satisfaction); interval: Student 1908",
    },
    value: ({ contact }) =>
      share({ part: contact.surveyMilliPoints, whole: contact.surveys * MILLI }),
    basis: ({ contact }) => contact.surveys,
    interval: ({ contact }) =>
      scaled(
        meanInterval({
          n: contact.surveys,
          sum: contact.surveyMilliPoints,
          sumOfSquares: contact.surveyMilliPointsSquared,
        }),
        MILLI,
      ),
  }),
  metric({
    definition: {
      id: "complaintsPerThousand",
      version: 1,
      name: { en: "Complaints per thousand", zh: "千次投诉率" },
      formula: {
        en: "1000 × complaints / contacts, phantom contacts left out",
        zh: "1000 × 投诉数 ÷ 联络量（不含应忽略的联络）",
      },
      unit: "per thousand contacts",
      population: { en: "contacts that are not phantoms", zh: "不含应忽略记录的联络" },
      window: {
        en: `complaints received, and ${ARRIVAL_DAY.en}`,
        zh: `所选日期内收到的投诉，以及${ARRIVAL_DAY.zh}`,
      },
      nullMeans: {
        en: "there was no contact, or no complaints were ever imported",
        zh: "没有联络，或从未导入投诉数据",
      },
      source: "operations convention (per 1000 contacts); interval: Garwood 1936",
    },
    value: ({ contact }) =>
      share({ part: contact.complaints * 1000, whole: realContacts(contact) }),
    basis: ({ contact }) => realContacts(contact),
    interval: ({ contact }) =>
      realContacts(contact) > 0
        ? scaled(countInterval({ count: contact.complaints }), realContacts(contact) / 1000)
        : null,
  }),
] as const;

function realContacts(sums: ContactSums): number {
  return sums.contacts - sums.phantom;
}
