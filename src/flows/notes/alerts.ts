/**
 * Figures held against thresholds, by the very function that the pages' figures come from.
 *
 * A threshold looks at the last so many days there is data for. Past it is a figure that lies above (or
 * below) it; one that is equal keeps it. A figure that cannot be computed is never past: it is said to
 * have none. Nor is one that rests on fewer than 10, the cell of the rules of suppression: of two calls
 * one says nothing, and a day on which it rests on fewer ends a run. Groups without a name (calls that
 * nobody took belong to no party) are not held against anything.
 *
 * "Since" walks back a day at a time: the first of the unbroken run of days on which the figure of the
 * so many days that end there was past as well, as the store knows them today.
 */

import { estimateOf, type MetricId } from "../../domain/metrics/metrics-of.ts";
import { thresholdFigureShown } from "../../domain/metrics/suppression.ts";
import { addDays } from "../../domain/shared/days.ts";
import type { Day, DayRange } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { countedTo, dataDays, idsOf, namesOf } from "../../store/dimensions.ts";
import type { Threshold, ThresholdGrouping } from "../../store/notes/thresholds.ts";
import { METRIC_DEFINITIONS } from "../read/definitions.ts";
import { type MeasuredRow, measure } from "../read/measure.ts";
import { type Asking, askingOf } from "../read/scope.ts";
import type { Keeper } from "./keeping.ts";
import { rollingSums } from "./rolling.ts";
import { readThresholds } from "./thresholds.ts";

export interface Alert {
  readonly threshold: Threshold;
  readonly group: string | null;
  readonly groupId: string | null;
  readonly figure: number;
  readonly currency: string | null;
  readonly n: number;
  readonly days: DayRange;
  readonly since: Day;
  /** It was past it on every day that was looked at. */
  readonly sinceBefore: boolean;
}

/** How one threshold stands. */
export interface Standing {
  readonly threshold: Threshold;
  readonly alerts: readonly Alert[];
  /** How many groups keep it. */
  readonly kept: number;
  /** Groups without a figure. */
  readonly notComputable: readonly (string | null)[];
  /** Groups whose figure rests on too few to say. */
  readonly tooFew: readonly (string | null)[];
}

/** Seconds of the service level, as the pages read it. */
const SERVICE_SECONDS = 20;
/** Days that "since" goes back at most. */
const LOOK_BACK_DAYS = 14;

/** How every threshold stands that the keeper sees. */
export async function readStandings(
  store: Store,
  keeper: Keeper,
  { standings, now }: { readonly standings: Standings; readonly now: Date },
): Promise<Standing[]> {
  const [thresholds, { firstDay, lastDay }, lastCounted] = await Promise.all([
    readThresholds(store, keeper),
    dataDays(store.db),
    countedTo(store.db),
  ]);
  const counted = { firstDay, lastDay };
  const made: Standing[] = [];
  for (const threshold of thresholds) {
    const { id, version } = threshold;
    const key = JSON.stringify([id, version, firstDay, lastDay, lastCounted]);
    const fresh = () => standingOf(store, threshold, { ...counted, now });
    made.push(await standings.of(key, now, fresh));
  }
  return made;
}

interface Counted {
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly now: Date;
}

export async function standingOf(
  store: Store,
  threshold: Threshold,
  counted: Counted,
): Promise<Standing> {
  const { lastDay } = counted;
  const unit = METRIC_DEFINITIONS.find(({ id }) => id === threshold.metric)?.unit;
  // A metric that a later version of Muster dropped is in old thresholds still.
  if (lastDay === null || unit === undefined) {
    return { threshold, alerts: [], kept: 0, notComputable: [], tooFew: [] };
  }
  const days = windowTo(threshold, lastDay);
  const rows = await figuresOf(store, threshold, days, counted.now);
  const computed = rows.filter(({ figure }) => figure !== null);
  const held = computed.filter(({ n }) => thresholdFigureShown({ unit, n }));
  const past = held.filter(({ figure }) => isPast(threshold, figure as number));
  const keys = past.map(({ key }) => key);
  const since = keys.length === 0 ? null : await sinceOf(store, { threshold, unit }, keys, counted);
  return {
    threshold,
    alerts: past.map(({ key, group, groupId, figure, currency, n }) => ({
      ...{ threshold, group, groupId, n, days },
      figure: figure as number,
      currency: unit === "money" ? currency : null,
      ...(since?.get(key) ?? { since: lastDay, sinceBefore: false }),
    })),
    kept: held.length - past.length,
    notComputable: rows.filter(({ figure }) => figure === null).map(({ group }) => group),
    tooFew: computed.filter((row) => !held.includes(row)).map(({ group }) => group),
  };
}

export function isPast(
  { direction, value }: Pick<Threshold, "direction" | "value">,
  figure: number,
): boolean {
  return direction === "above" ? figure > value : figure < value;
}

const windowTo = ({ days }: Threshold, lastDay: Day): DayRange => ({
  from: addDays(lastDay, 1 - days),
  to: addDays(lastDay, 1),
});

interface GroupFigure {
  /** Tells groups apart. */
  readonly key: string;
  readonly group: string | null;
  readonly groupId: string | null;
  readonly figure: number | null;
  readonly currency: string | null;
  readonly n: number;
}

/** The figure of each group, within the bounds of the threshold's party. */
async function figuresOf(
  store: Store,
  threshold: Threshold,
  days: DayRange,
  now: Date,
): Promise<GroupFigure[]> {
  const { metric, grouping } = threshold;
  const asking = await askingFor(store, threshold, days, now);
  const by = grouping === null ? [] : [grouping];
  const basisOf = metric as MetricId;
  const rows = await measure(store, asking, { by, threshold: SERVICE_SECONDS, basisOf });
  return rows
    .map((row) => groupFigure(row, metric, grouping))
    .filter(({ group }) => grouping === null || group !== null);
}

function askingFor(
  store: Store,
  { filter, party }: Threshold,
  days: DayRange,
  now: Date,
): Promise<Asking> {
  const channel = filter.channel.length === 0 ? undefined : filter.channel;
  const asked = { ...days, party: filter.party, team: filter.team, queue: filter.queue, channel };
  return askingOf(store, asked, { partyId: party?.id ?? null, agentId: null }, now);
}

function groupFigure(
  row: MeasuredRow,
  metric: string,
  grouping: ThresholdGrouping | null,
): GroupFigure {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
  const group = grouping === null ? null : text(grouping);
  // A channel is its own id.
  const groupId = grouping === null ? null : (text(`${grouping}Id`) ?? group);
  const figure = row.suppressed === true ? null : row[metric];
  return {
    key: groupId ?? "",
    group,
    groupId,
    figure: typeof figure === "number" ? figure : null,
    currency: text("currency"),
    n: Number(row.n),
  };
}

type Since = Pick<Alert, "since" | "sinceBefore">;

/** Since when the groups that are past were so without a day between, by their ids. */
async function sinceOf(
  store: Store,
  { threshold, unit }: { readonly threshold: Threshold; readonly unit: string },
  past: readonly string[],
  { firstDay, lastDay, now }: Counted,
): Promise<ReadonlyMap<string, Since>> {
  const last = lastDay as Day;
  const from = addDays(last, 1 - LOOK_BACK_DAYS - threshold.days);
  const asking = await askingFor(store, threshold, { from, to: last }, now);
  const { grouping, days } = threshold;
  const sums = await rollingSums(store, asking, { grouping, days });
  const groups = await groupsOf(store, grouping, past);
  const earliest = addDays(last, -LOOK_BACK_DAYS);
  const since = new Map<string, Since>();
  for (const key of past) {
    const group = groups.get(key) ?? null;
    const pastOn = (day: Day) => {
      const counted = sums(group, day);
      if (counted === null) return false;
      const wish = { threshold: SERVICE_SECONDS };
      const { value, n } = estimateOf(threshold.metric as MetricId, counted, wish);
      return value !== null && thresholdFigureShown({ unit, n }) && isPast(threshold, value);
    };
    let day = last;
    const goesOn = () => day > earliest && firstDay !== null && day > firstDay;
    while (goesOn() && pastOn(addDays(day, -1))) day = addDays(day, -1);
    since.set(key, { since: day, sinceBefore: day === earliest && day > (firstDay ?? day) });
  }
  return since;
}

/** What the sums know the groups by: integers of the store, but channels by name. */
async function groupsOf(
  store: Store,
  grouping: ThresholdGrouping | null,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, number | string>> {
  if (grouping === null) return new Map();
  if (grouping === "channel") return new Map(uuids.map((channel) => [channel, channel]));
  const named = await namesOf(store.db, grouping, await idsOf(store.db, grouping, uuids));
  return new Map([...named.values()].map(({ uuid, id }) => [uuid, id]));
}

/** Standings of a moment ago: every page that is open asks once a minute, and all may have one answer. */
export interface Standings {
  of(key: string, now: Date, fresh: () => Promise<Standing>): Promise<Standing>;
}

const KEPT_MS = 50_000;
const MOST_KEPT = 1000;

export function createStandings(): Standings {
  const kept = new Map<string, { readonly at: number; readonly standing: Standing }>();
  return {
    async of(key, now, fresh) {
      const found = kept.get(key);
      const age = now.getTime() - (found?.at ?? Number.NEGATIVE_INFINITY);
      if (found !== undefined && age >= 0 && age < KEPT_MS) return found.standing;
      const standing = await fresh();
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, { at: now.getTime(), standing });
      return standing;
    },
  };
}
