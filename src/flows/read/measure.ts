/** The metrics of each group: sums from the store, figures from the domain, names beside the ids. */

import { costsOf } from "../../domain/metrics/costs.ts";
import { estimateOf, type MetricId, metricsOf } from "../../domain/metrics/metrics-of.ts";
import { agentFigureShown } from "../../domain/metrics/suppression.ts";
import type { GroupSums, RateSums } from "../../domain/shared/tally.ts";
import type { Grouping } from "../../domain/shared/vocabulary.ts";
import type { Store } from "../../store/connection.ts";
import { type Named, type NamedTable, namesOf } from "../../store/dimensions.ts";
import { type KnownFacts, knownFacts } from "../../store/known-facts.ts";
import { contactSums } from "../../store/reports/contact-sums.ts";
import { type GroupKey, groupKeyText } from "../../store/reports/grouping.ts";
import { type QueueGrouping, queueSums } from "../../store/reports/queue-sums.ts";
import { rateSums } from "../../store/reports/rate-sums.ts";
import { choosesAgents, choosesQueues } from "../../store/reports/scope.ts";
import { type TimeGrouping, timeSums } from "../../store/reports/time-sums.ts";
import { type AgentCut, type ManyAgents, manyAgents } from "./agent-pieces.ts";
import { type AgentNaming, BY_NAME } from "./naming.ts";
import { sumsOfQueue } from "./queue-group.ts";
import type { Asking } from "./scope.ts";

export type Cell = string | number | boolean | null;

/** One group: its names and ids, how many agents, every metric by id, the currency of costs. */
export type MeasuredRow = Readonly<Record<string, Cell>>;

export interface MeasureWish {
  readonly by: readonly Grouping[];
  readonly threshold: number;
  /** How agents are called; by name where it is not said. */
  readonly naming?: AgentNaming;
  /** A metric of which it is to be said, as `n`, how many the figure rests on. */
  readonly basisOf?: MetricId;
}

const OF_AGENTS: ReadonlySet<Grouping> = new Set(["agent", "team", "party"]);
const OF_QUEUES: ReadonlySet<Grouping> = new Set(["queue", "channel"]);
/** Figures of hours come from the interval tally, which knows no more than these. */
const HOURLY: ReadonlySet<string> = new Set<MetricId>([
  "offered",
  "handled",
  "abandoned",
  "redirected",
  "abandonment",
  "averageSpeedOfAnswerSeconds",
  "meanHandleSeconds",
  "serviceLevel",
  "serviceLevelExcludingShortAbandons",
  "serviceLevelOfServed",
  "serviceLevelWithShortAbandons",
]);
/** Nobody has complained is one thing, nobody was asked is another: without such facts it is null. */
const NEEDS: Readonly<Record<string, keyof KnownFacts>> = {
  surveys: "surveys",
  complaints: "complaints",
  complaintsPerThousand: "complaints",
  actions: "outcomes",
  actionsVerified: "outcomes",
  handOffs: "tickets",
  ticketsResolved: "tickets",
} satisfies Partial<Record<MetricId, keyof KnownFacts>>;
/** Below this many contacts or worked days an agent's figures are not shown; these counts are. */
const COUNTS: ReadonlySet<string> = new Set<MetricId>(["contacts", "handled"]);

/** The metrics by group, in the order of the groups' names. */
export async function measure(
  store: Store,
  asking: Asking,
  wish: MeasureWish,
): Promise<MeasuredRow[]> {
  const groups = wish.by.includes("hour")
    ? await hourGroups(store, asking, wish)
    : await dayGroups(store, asking, wish);
  const known = await knownFacts(store.db);
  const names = await groupNames(
    store,
    wish.by,
    groups.map((group) => group.key),
  );
  return groups
    .map((group) => addFigures(labels(wish, group.key, names), group, { wish, known }))
    .sort(byLabels(wish.by));
}

/** The metrics by group; of very many agents a piece at a time, those who handled most first. */
export interface MeasuredPieces {
  readonly cut: AgentCut | null;
  /** Whose figures they are, by the store's ids. */
  readonly agentIds: readonly number[];
  readonly rows: AsyncIterable<readonly MeasuredRow[]>;
}

/** Null where they are few enough for `measure`. `mostRows`: the most there may be; null: all. */
export async function measureInPieces(
  store: Store,
  asking: Asking,
  wish: MeasureWish & { readonly mostRows: number | null },
): Promise<MeasuredPieces | null> {
  // Of an agent's hours nothing is told.
  if (!wish.by.includes("agent") || wish.by.includes("hour")) return null;
  const many = await manyAgents(store, asking, wish);
  if (many === null) return null;
  return { cut: many.cut, agentIds: many.agents, rows: rowPieces(store, many, wish) };
}

async function* rowPieces(store: Store, { askings }: ManyAgents, wish: MeasureWish) {
  for await (const asking of askings()) yield await measure(store, asking, wish);
}

interface Group {
  readonly key: GroupKey;
  readonly sums: GroupSums;
}

async function dayGroups(store: Store, asking: Asking, wish: MeasureWish): Promise<Group[]> {
  const { scope, asOf } = asking;
  const by = wish.by as readonly Exclude<Grouping, "hour">[];
  const textOf = (row: { readonly key: GroupKey }) => groupKeyText(by, row.key);
  const hasTime = !choosesQueues(scope) && !by.some((grouping) => OF_QUEUES.has(grouping));
  const hasQueues = !choosesAgents(scope) && !by.some((grouping) => OF_AGENTS.has(grouping));
  const timed = by as readonly TimeGrouping[];
  const [contacts, queues, times, rates] = await Promise.all([
    contactSums(store.db, scope, by, asOf),
    hasQueues ? queueSums(store.db, scope, by as readonly QueueGrouping[]) : [],
    hasTime ? timeSums(store.db, scope, timed) : [],
    hasTime ? rateSums(store.db, scope, timed) : [],
  ]);
  const queueOf = new Map(queues.map((row) => [textOf(row), row.queue]));
  const timeOf = new Map(times.map((row) => [textOf(row), row.time]));
  const ratesOf = new Map<string, RateSums[]>();
  for (const row of rates) {
    const text = textOf(row);
    ratesOf.set(text, [...(ratesOf.get(text) ?? []), row.rate]);
  }
  return contacts.map((row) => ({
    key: row.key,
    sums: {
      contact: row.contact,
      repeats: row.repeats,
      agents: row.agents,
      queue: queueOf.get(textOf(row)) ?? null,
      time: timeOf.get(textOf(row)) ?? null,
      rates: ratesOf.get(textOf(row)) ?? null,
    },
  }));
}

async function hourGroups(store: Store, asking: Asking, wish: MeasureWish): Promise<Group[]> {
  if (choosesAgents(asking.scope) || wish.by.some((grouping) => OF_AGENTS.has(grouping))) return [];
  const rows = await queueSums(store.db, asking.scope, wish.by as readonly QueueGrouping[]);
  return rows.map(({ key, queue }) => ({ key, sums: sumsOfQueue(queue) }));
}

/** To the row itself: copies of rows of so many figures are half of what a list by agent costs. */
function addFigures(
  row: Record<string, Cell>,
  { key, sums }: Group,
  { wish, known }: { readonly wish: MeasureWish; readonly known: KnownFacts },
): MeasuredRow {
  const all = metricsOf(sums, { threshold: wish.threshold });
  const hourly = wish.by.includes("hour");
  const suppressed = isOneAgent(wish.by, key) && !shownOfAgent(sums);
  const shown = (id: string) =>
    (!hourly || HOURLY.has(id)) &&
    (!suppressed || COUNTS.has(id)) &&
    (NEEDS[id] === undefined || known[NEEDS[id]]);
  row.agents = sums.agents;
  for (const id of Object.keys(all) as MetricId[]) row[id] = shown(id) ? all[id] : null;
  row.currency = costsOf(sums).currency;
  row.suppressed = suppressed;
  if (wish.basisOf !== undefined) row.n = estimateOf(wish.basisOf, sums, wish).n;
  return row;
}

function isOneAgent(by: readonly Grouping[], key: GroupKey): boolean {
  return by.includes("agent") && key.agent !== 0 && key.agent !== null;
}

function shownOfAgent({ contact }: GroupSums): boolean {
  const basis = { measure: "per_contact", contacts: contact.handled, workedDays: 0 } as const;
  return agentFigureShown(basis);
}

type Names = Readonly<Partial<Record<Grouping, ReadonlyMap<number, Named>>>>;

async function groupNames(
  store: Store,
  by: readonly Grouping[],
  keys: readonly GroupKey[],
): Promise<Names> {
  const tables = by.filter((grouping) => grouping === "queue" || OF_AGENTS.has(grouping));
  const found = await Promise.all(
    tables.map(async (grouping) => {
      const ids = keys.flatMap((key) => (typeof key[grouping] === "number" ? key[grouping] : []));
      const unique = [...new Set(ids as number[])];
      return [grouping, await namesOf(store.db, grouping as NamedTable, unique)] as const;
    }),
  );
  return Object.fromEntries(found);
}

function labels(wish: MeasureWish, key: GroupKey, names: Names): Record<string, Cell> {
  const { by, naming = BY_NAME } = wish;
  const row: Record<string, Cell> = {};
  for (const grouping of by) {
    const value = key[grouping] ?? null;
    const named = names[grouping];
    if (named === undefined) {
      row[grouping] = value;
      continue;
    }
    // Id 0 stands for "no agent" and "no queue" in the tallies.
    const found = typeof value === "number" ? named.get(value) : undefined;
    const called = grouping === "agent" && found !== undefined ? naming.nameOf(found) : found?.name;
    row[grouping] = called ?? null;
    row[`${grouping}Id`] = found?.uuid ?? null;
  }
  return row;
}

function byLabels(by: readonly Grouping[]) {
  return (a: MeasuredRow, b: MeasuredRow): number => {
    for (const grouping of by) {
      const [left, right] = [a[grouping] ?? null, b[grouping] ?? null];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      return left < right ? -1 : 1;
    }
    return 0;
  };
}
