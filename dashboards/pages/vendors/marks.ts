/** What the marks of the vendors' page stand for: parties, times, and a party's bar at a time. */

import { textOf } from "../../api/rows.ts";
import type { Dimensions, MetricsRow } from "../../api/types.ts";
import type { PartyTimes, TimeGrain } from "../../charts/party-series.ts";
import { contactsMark, type Mark, type Narrowing } from "../../frame/mark.ts";
import { endOf, type Period } from "../../frame/periods.ts";

/** The rows behind a party's figures; of the row of nobody's those of no party. */
export function partyMark(figure: string, row: MetricsRow): Mark {
  const id = textOf(row, "partyId");
  return contactsMark(figure, id === null ? { withoutParty: "true" } : { party: id });
}

/** The words before a party's name in the id of a series. */
const PREFIX = /^(?:cost|provisional|volume) /;

interface TimeMarkInput {
  readonly figure: string;
  readonly times: PartyTimes;
  readonly grain: TimeGrain;
  readonly period: Period;
  readonly parties: Dimensions["parties"];
}

/** A time of one party, by the id of its series, or of all parties. */
export function timeMark(input: TimeMarkInput, series: string | null, index: number): Mark | null {
  const { figure, times, grain, period, parties } = input;
  const start = times.times[index];
  if (start === undefined) return null;
  const name = series?.replace(PREFIX, "");
  const party = parties.find((each) => each.name === name)?.id;
  if (series !== null && party === undefined) return null;
  const end = endOf(start, grain);
  const narrowing: Narrowing = {
    from: start > period.from ? start : period.from,
    to: end < period.to ? end : period.to,
    ...(party === undefined ? {} : { party }),
  };
  return contactsMark(series?.startsWith("volume ") ? "handled" : figure, narrowing);
}
