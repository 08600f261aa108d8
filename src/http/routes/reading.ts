/** Answers of the reading routes. A vendor's caller is bound to its party, an agent's to the agent. */

import { addDays } from "../../domain/shared/days.ts";
import { inputError } from "../../domain/shared/errors.ts";
import type { Channel } from "../../domain/shared/vocabulary.ts";
import { zoneClock } from "../../domain/shared/zone.ts";
import { METRIC_DEFINITIONS } from "../../flows/read/definitions.ts";
import { measure } from "../../flows/read/measure.ts";
import { type Asked, type Asking, askingOf, type Bounds } from "../../flows/read/scope.ts";
import { spreadReport } from "../../flows/read/spread-report.ts";
import { INTERVAL_MINUTES, volumeReport } from "../../flows/read/volume-report.ts";
import { type DataDays, dataDays, filterChoices, namesOf } from "../../store/dimensions.ts";
import { type ContactCursor, contactRows } from "../../store/reports/contact-rows.ts";
import { contactSums } from "../../store/reports/contact-sums.ts";
import {
  latestBatches,
  qualityRows,
  rejectCounts,
  rejectsSince,
} from "../../store/reports/quality-report.ts";
import {
  contacts,
  definitions,
  dimensions,
  metrics,
  quality,
  session,
  spread,
  volume,
} from "../contract/reading.ts";
import { type Caller, type Mounted, mount, type RouteContext } from "../mount.ts";

const LATEST_BATCHES = 50;

/** No row has it: who should be bound to a party or agent and is not sees nothing. */
const NOTHING = -1;

/** What bounds a caller by role. A manager, planner or administrator sees everything. */
export function boundsOf(caller: Caller): Bounds {
  return {
    partyId: caller.role === "vendor" ? (caller.partyId ?? NOTHING) : null,
    agentId: caller.role === "agent" ? (caller.agentId ?? NOTHING) : null,
  };
}

function ask(asked: Asked, caller: Caller, context: RouteContext): Promise<Asking> {
  return askingOf(context.store, asked, boundsOf(caller), context.now());
}

export const READING_ROUTES: readonly Mounted[] = [
  mount(session, async ({ caller, context }) => {
    const { db } = context.store;
    const party = caller.partyId === null ? null : await one(db, "party", caller.partyId);
    const agent = caller.agentId === null ? null : await one(db, "agent", caller.agentId);
    const { name, role } = caller;
    return { name, role, party, agent, expiresAt: caller.expiresAt.toISOString() };
  }),
  mount(dimensions, async ({ caller, context }) => {
    const { db } = context.store;
    const [choices, days] = await Promise.all([filterChoices(db), dataDays(db)]);
    const clock = zoneClock(days.zone);
    const now = context.now().getTime();
    const rejected = () => rejectsSince(db, new Date(clock.dayStart(clock.day(now))));
    const bounds = boundsOf(caller);
    const bounded = bounds.partyId !== null || bounds.agentId !== null;
    // Rejects belong to no party; an agent has nobody to choose among.
    const parties = choices.parties.filter((party) => !bounded || party.id === bounds.partyId);
    const seen = new Set(parties.map((party) => party.uuid));
    const queues = bounded ? await queuesOf(caller, context, days) : null;
    return {
      zone: days.zone,
      firstDay: days.firstDay,
      lastDay: days.lastDay,
      countedTo: days.countedTo?.toISOString() ?? null,
      rejectedToday: bounded ? 0 : await rejected(),
      parties: parties.map(({ uuid, name, kind }) => ({ id: uuid, name, kind })),
      teams: choices.teams
        .filter((team) => seen.has(team.partyUuid))
        .map(({ uuid, name, partyUuid }) => ({ id: uuid, name, partyId: partyUuid })),
      queues: choices.queues
        .filter((queue) => queues === null || queues.has(queue.id))
        .map(({ uuid, name }) => ({ id: uuid, name })),
      channels: choices.channels,
    };
  }),
  mount(metrics, async ({ query, caller, context }) => {
    const asking = await ask(query, caller, context);
    const rows = await measure(context.store, asking, query);
    return {
      from: asking.scope.from,
      to: asking.scope.to,
      zone: asking.days.zone,
      definitions: Object.fromEntries(METRIC_DEFINITIONS.map(({ id, version }) => [id, version])),
      rows,
    };
  }),
  mount(definitions, async () => ({ definitions: [...METRIC_DEFINITIONS] })),
  mount(spread, async ({ query, caller, context }) => {
    const asking = await ask(query, caller, context);
    const report = await spreadReport(context.store, asking, query.metric);
    return {
      ...report,
      weeks: [...report.weeks],
      agents: [...report.agents],
      adoptions: [...report.adoptions],
    };
  }),
  mount(volume, async ({ query, caller, context }) => {
    const asking = await ask(query, caller, context);
    return {
      zone: asking.days.zone,
      intervalMinutes: INTERVAL_MINUTES as 15,
      rows: await volumeReport(context.store, asking, query.threshold),
    };
  }),
  mount(quality, async ({ context }) => {
    const { db } = context.store;
    const [findings, rejects, batches] = await Promise.all([
      qualityRows(db, null),
      rejectCounts(db),
      latestBatches(db, LATEST_BATCHES),
    ]);
    return {
      findings,
      rejects,
      batches: batches.map((batch) => ({
        ...batch,
        startedAt: batch.startedAt.toISOString(),
        finishedAt: batch.finishedAt?.toISOString() ?? null,
      })),
    };
  }),
  mount(contacts, async ({ query, caller, context }) => {
    const { scope } = await ask(query, caller, context);
    const after = query.cursor === undefined ? null : cursorOf(query.cursor);
    const page = await contactRows(context.store.db, scope, { after, limit: query.limit });
    return {
      rows: page.rows.map((row) => ({
        source: row.source,
        externalId: row.externalId,
        arrivedAt: row.arrivedAt.toISOString(),
        localDay: row.localDay,
        channel: row.channel as Channel,
        queue: row.queue,
        agent: row.agent,
        outcome: row.outcome,
        waitSeconds: row.waitSeconds,
        handleSeconds: row.handleSeconds,
        transferred: row.transferred,
        file: row.file,
        line: row.line,
      })),
      next: page.next === null ? null : textOfCursor(page.next),
    };
  }),
];

async function one(db: RouteContext["store"]["db"], table: "party" | "agent", id: number) {
  const found = (await namesOf(db, table, [id])).get(id);
  return found === undefined ? null : { id: found.uuid, name: found.name };
}

/** The queues in which a bounded caller's agents had contacts, ever. */
async function queuesOf(
  caller: Caller,
  context: RouteContext,
  { firstDay, lastDay }: DataDays,
): Promise<ReadonlySet<unknown>> {
  if (firstDay === null || lastDay === null) return new Set();
  const { scope, asOf } = await ask({ from: firstDay, to: addDays(lastDay, 1) }, caller, context);
  const rows = await contactSums(context.store.db, scope, ["queue"], asOf);
  return new Set(rows.map((row) => row.key.queue));
}

function textOfCursor(cursor: ContactCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;
const LARGEST_ID = 2 ** 31 - 1;

function cursorOf(text: string): ContactCursor {
  const { arrivedAt, sourceId, externalId } = jsonOf(text);
  const fits =
    typeof arrivedAt === "string" &&
    INSTANT.test(arrivedAt) &&
    !Number.isNaN(Date.parse(arrivedAt)) &&
    Number.isInteger(sourceId) &&
    Math.abs(sourceId as number) <= LARGEST_ID &&
    typeof externalId === "string" &&
    !externalId.includes("\0");
  if (fits) return { arrivedAt, sourceId: sourceId as number, externalId };
  const expected = "a cursor as the page before gave it";
  throw inputError({ code: "invalid_cursor", path: "query.cursor", value: text, expected });
}

/** What a cursor holds; nothing where it is no cursor. */
function jsonOf(text: string): Partial<Record<keyof ContactCursor, unknown>> {
  try {
    return (JSON.parse(Buffer.from(text, "base64url").toString()) ?? {}) as object;
  } catch {
    return {};
  }
}
