/** Answers of the reading routes. A vendor's caller is bound to its party, an agent's to the agent. */

import { definitions as metricDefinitions } from "../../domain/metrics/metrics-of.ts";
import { inputError } from "../../domain/shared/errors.ts";
import { zoneClock } from "../../domain/shared/zone.ts";
import { measure } from "../../flows/read/measure.ts";
import { type Asked, type Asking, askingOf, type Bounds } from "../../flows/read/scope.ts";
import { spreadReport } from "../../flows/read/spread-report.ts";
import { INTERVAL_MINUTES, volumeReport } from "../../flows/read/volume-report.ts";
import { dataDays, filterChoices, namesOf } from "../../store/dimensions.ts";
import { type ContactCursor, contactRows } from "../../store/reports/contact-rows.ts";
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

/** What bounds a caller by role. A manager, planner or administrator sees everything. */
export function boundsOf(caller: Caller): Bounds {
  return {
    partyId: caller.role === "vendor" ? caller.partyId : null,
    agentId: caller.role === "agent" ? caller.agentId : null,
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
    const rejectedToday = await rejectsSince(db, new Date(clock.dayStart(clock.day(now))));
    const bound = boundsOf(caller).partyId;
    const parties = choices.parties.filter((party) => bound === null || party.id === bound);
    const seen = new Set(parties.map((party) => party.uuid));
    return {
      zone: days.zone,
      firstDay: days.firstDay,
      lastDay: days.lastDay,
      countedTo: days.countedTo?.toISOString() ?? null,
      rejectedToday,
      parties: parties.map(({ uuid, name, kind }) => ({ id: uuid, name, kind })),
      teams: choices.teams
        .filter((team) => seen.has(team.partyUuid))
        .map(({ uuid, name, partyUuid }) => ({ id: uuid, name, partyId: partyUuid })),
      queues: choices.queues.map(({ uuid, name }) => ({ id: uuid, name })),
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
      definitions: Object.fromEntries(metricDefinitions.map(({ id, version }) => [id, version])),
      rows,
    };
  }),
  mount(definitions, async () => ({ definitions: [...metricDefinitions] })),
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
      rows: page.rows.map(({ file, arrivedAt, ...row }) => ({
        ...row,
        channel: row.channel as "call",
        arrivedAt: arrivedAt.toISOString(),
        line: file,
      })),
      next: page.next === null ? null : textOfCursor(page.next),
    };
  }),
];

async function one(db: RouteContext["store"]["db"], table: "party" | "agent", id: number) {
  const found = (await namesOf(db, table, [id])).get(id);
  return found === undefined ? null : { id: found.uuid, name: found.name };
}

function textOfCursor(cursor: ContactCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function cursorOf(text: string): ContactCursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, "base64url").toString()) as ContactCursor;
    if (Number.isNaN(Date.parse(cursor.arrivedAt)) || !Number.isInteger(cursor.sourceId)) throw 0;
    return { ...cursor, externalId: String(cursor.externalId) };
  } catch {
    const expected = "a cursor as the page before gave it";
    throw inputError({ code: "invalid_cursor", path: "query.cursor", value: text, expected });
  }
}
