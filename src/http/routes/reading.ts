/** Answers of the reading routes. A vendor's caller is bound to its party, an agent's to the agent. */

import type { z } from "zod";
import { addDays } from "../../domain/shared/days.ts";
import { inputError } from "../../domain/shared/errors.ts";
import type { Channel, Day, Grouping } from "../../domain/shared/vocabulary.ts";
import { zoneClock } from "../../domain/shared/zone.ts";
import { METRIC_DEFINITIONS } from "../../flows/read/definitions.ts";
import {
  type MeasuredPieces,
  type MeasuredRow,
  measure,
  measureInPieces,
} from "../../flows/read/measure.ts";
import { type AgentNaming, seesNames } from "../../flows/read/naming.ts";
import { type Asked, type Asking, askingOf } from "../../flows/read/scope.ts";
import { spreadReport } from "../../flows/read/spread-report.ts";
import { INTERVAL_MINUTES, volumeReport } from "../../flows/read/volume-report.ts";
import {
  assistantsCame,
  countedTo,
  type DataDays,
  dataDays,
  filterChoices,
  namesOf,
} from "../../store/dimensions.ts";
import type { ContactMark } from "../../store/reports/contact-marks.ts";
import {
  type ContactCursor,
  type ContactRow,
  contactCount,
  contactRows,
} from "../../store/reports/contact-rows.ts";
import { contactSums } from "../../store/reports/contact-sums.ts";
import {
  agentsInFindings,
  latestBatches,
  qualityRows,
  rejectCounts,
  rejectsSince,
} from "../../store/reports/quality-report.ts";
import { boundsOf } from "../bounds.ts";
import {
  contacts,
  definitions,
  dimensions,
  MOST_ROWS,
  metrics,
  quality,
  session,
  spread,
  volume,
} from "../contract/reading.ts";
import {
  type Caller,
  type InPieces,
  type Mounted,
  mount,
  mountShared,
  type RouteContext,
} from "../mount.ts";

const LATEST_BATCHES = 50;

function ask(asked: Asked, caller: Caller, context: RouteContext): Promise<Asking> {
  return askingOf(context.store, asked, boundsOf(caller), context.now());
}

export const READING_ROUTES: readonly Mounted[] = [
  mount(session, async ({ caller, context }) => {
    const { db } = context.store;
    const party = caller.partyId === null ? null : await one(db, "party", caller.partyId);
    const agent = caller.agentId === null ? null : await one(db, "agent", caller.agentId);
    const { name, role } = caller;
    const expiresAt = caller.expiresAt.toISOString();
    return { name, role, party, agent, seesNames: seesNames(role), expiresAt };
  }),
  mountShared(dimensions, async ({ caller, context }) => {
    const { db } = context.store;
    const [choices, days, counted] = await Promise.all([
      filterChoices(db),
      dataDays(db),
      countedTo(db),
    ]);
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
      countedTo: counted?.toISOString() ?? null,
      rejectedToday: bounded ? 0 : await rejected(),
      // Studies are for those who see the whole centre.
      assistantsCame: !bounded && (await assistantsCame(db, days)),
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
  mountShared(metrics, async ({ query, caller, context, naming, shows, showsMany, isFile }) => {
    const asking = await ask(query, caller, context);
    const head = {
      from: asking.scope.from,
      to: asking.scope.to,
      zone: asking.days.zone,
      definitions: Object.fromEntries(METRIC_DEFINITIONS.map(({ id, version }) => [id, version])),
    };
    const wish = { ...query, naming };
    const mostRows = isFile ? null : MOST_ROWS;
    const many = await measureInPieces(context.store, asking, { ...wish, mostRows });
    if (many !== null) {
      showsMany(many.agentIds);
      return metricsInPieces({ ...head, cut: many.cut }, many, query.by);
    }
    const rows = await measure(context.store, asking, wish);
    shows(query.by.includes("agent") ? agentsIn(rows) : await agentsAsked(asking, rows, context));
    return { ...head, cut: null, rows };
  }),
  mount(definitions, async () => ({ definitions: [...METRIC_DEFINITIONS] })),
  mountShared(spread, async ({ query, caller, context, naming, shows, showsMany, isFile }) => {
    const asking = await ask(query, caller, context);
    const wish = { naming, mostRows: isFile ? null : MOST_ROWS };
    const report = await spreadReport(context.store, asking, query.metric, wish);
    const { agents, pieces, ...rest } = report;
    const head = { ...rest, weeks: [...report.weeks], adoptions: [...report.adoptions] };
    if (pieces !== null) {
      showsMany(pieces.agentIds);
      return { head, pieces: pieces.rows, texts: SPREAD_TEXTS, truths: ["suppressed"] };
    }
    shows(agents.map(({ agent }) => agent));
    return { ...head, agents: [...agents] };
  }),
  mountShared(volume, async ({ query, caller, context }) => {
    const asking = await ask(query, caller, context);
    return {
      zone: asking.days.zone,
      intervalMinutes: INTERVAL_MINUTES as 15,
      rows: await volumeReport(context.store, asking, query.threshold),
    };
  }),
  mountShared(quality, async ({ context, shows }) => {
    const { db } = context.store;
    shows(await agentsInFindings(db));
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
  mount(contacts, async ({ query, caller, context, naming, shows }) => {
    const { scope, asOf } = await ask(query, caller, context);
    const after = query.cursor === undefined ? null : cursorOf(query.cursor);
    const mark = markOf(query, asOf);
    const { db } = context.store;
    const [page, total] = await Promise.all([
      contactRows(db, scope, mark, { after, limit: query.limit }),
      after === null ? contactCount(db, scope, mark) : null,
    ]);
    shows(page.rows.flatMap(({ agentUuid }) => agentUuid ?? []));
    return {
      rows: page.rows.map((row) => ({
        source: row.source,
        externalId: row.externalId,
        arrivedAt: row.arrivedAt.toISOString(),
        localDay: row.localDay,
        channel: row.channel as Channel,
        queue: row.queue,
        agent: calledIn(row, naming),
        outcome: row.outcome,
        waitSeconds: row.waitSeconds,
        handleSeconds: row.handleSeconds,
        transferred: row.transferred,
        assisted: row.assisted,
        file: row.file,
        line: row.line,
      })),
      next: page.next === null ? null : textOfCursor(page.next),
      total,
    };
  }),
];

const SPREAD_TEXTS = ["agent", "name", "party", "kind"];

/** Names, ids and the currency of costs are text; all else of a row is figures. */
function metricsInPieces(
  head: Readonly<Record<string, unknown>>,
  { rows }: MeasuredPieces,
  by: readonly Grouping[],
): InPieces {
  const texts = [...by.flatMap((grouping) => [grouping, `${grouping}Id`]), "currency"];
  return { head, pieces: rows, texts, truths: ["suppressed"] };
}

type ContactsQuery = z.output<NonNullable<typeof contacts.query>>;

function markOf(query: ContactsQuery, asOf: Day): ContactMark {
  return {
    // An empty list asks for nothing, as everywhere.
    outcomes: query.outcome === undefined || query.outcome.length === 0 ? null : query.outcome,
    weekday: query.weekday ?? null,
    minute: query.minute ?? null,
    assisted: query.assisted ?? null,
    transferred: query.transferred ?? null,
    waitWithin: query.waitWithin ?? null,
    waitOver: query.waitOver ?? null,
    surveyed: query.surveyed ?? null,
    complained: query.complained ?? null,
    acted: query.acted ?? null,
    verified: query.verified ?? null,
    judgedWithin: query.judgedWithin ?? null,
    repeatedWithin: query.repeatedWithin ?? null,
    withoutParty: query.withoutParty ?? null,
    asOf,
  };
}

/** What the agent of a contact is called, if it had one. */
function calledIn({ agent, agentUuid }: ContactRow, naming: AgentNaming): string | null {
  return agent === null || agentUuid === null
    ? null
    : naming.nameOf({ uuid: agentUuid, name: agent });
}

/** Whose figures the rows by agent are. */
function agentsIn(rows: readonly MeasuredRow[]): string[] {
  return rows.flatMap(({ agentId }) => (typeof agentId === "string" ? [agentId] : []));
}

/** Who was asked for by id, where the figures are anybody's. */
async function agentsAsked(
  { scope }: Asking,
  rows: readonly MeasuredRow[],
  context: RouteContext,
): Promise<string[]> {
  const isAnybody = rows.some(({ agents }) => typeof agents === "number" && agents > 0);
  if (scope.agents === null || !isAnybody) return [];
  const found = await namesOf(context.store.db, "agent", scope.agents);
  return [...found.values()].map(({ uuid }) => uuid);
}

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
