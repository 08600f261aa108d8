/**
 * What surveys, complaints and outcomes add to the day of the contact they belong to.
 *
 * They come before or after their contact, in any order. A survey counts once its contact is there.
 * A complaint or an outcome counts at once under what it says of itself, and moves to its contact's
 * agent, day and queue when that arrives. So a change is taken away as it was, written, and added as it is.
 */

import type { ClientBase } from "pg";
import { addToAgentDay } from "./agent-day.ts";

const CONTACT_OF = "c.source_id = l.contact_source_id and c.external_id = l.contact_external_id";

const CONTACT_CELL = `coalesce(c.agent_id, 0) as agent_id, c.local_day,
  coalesce(c.queue_id, 0) as queue_id, c.channel, c.assisted`;

/** The contact's own cell where it is known, else what the row says of itself. */
const OWN_CELL = `coalesce(c.agent_id, l.agent_id, 0) as agent_id,
  coalesce(c.local_day, l.local_day) as local_day,
  coalesce(c.queue_id, l.queue_id, 0) as queue_id,
  coalesce(c.channel, l.channel) as channel, coalesce(c.assisted, false) as assisted`;

interface LinkedTally {
  readonly table: "survey" | "complaint" | "outcome";
  readonly cell: string;
  readonly join: "join" | "left join";
  readonly measures: Readonly<Record<string, string>>;
}

const LINKED: readonly LinkedTally[] = [
  {
    table: "survey",
    cell: CONTACT_CELL,
    join: "join",
    measures: {
      surveys: "count(*)",
      survey_milli_points: "sum(l.milli_points)",
      survey_milli_points_squared: "sum(l.milli_points::bigint * l.milli_points)",
    },
  },
  {
    table: "complaint",
    cell: OWN_CELL,
    join: "left join",
    measures: { complaints: "count(*)", complaints_upheld: "count(*) filter (where l.upheld)" },
  },
  {
    table: "outcome",
    cell: OWN_CELL,
    join: "left join",
    measures: {
      actions: "count(*)",
      actions_verified: "count(*) filter (where l.verified)",
    },
  },
];

/** From a fact table to the relation that is read for it: itself, or as it was before a change. */
export type ReadAs = (table: string) => string;

/** Adds the linked facts that satisfy `condition` (over `l`), times `sign`. */
async function addLinked(
  client: ClientBase,
  linked: LinkedTally,
  sign: 1 | -1,
  condition: string,
  readAs: ReadAs = (table) => table,
): Promise<void> {
  const measures = Object.entries(linked.measures)
    .map(([name, expression]) => `${sign} * ${expression} as ${name}`)
    .join(", ");
  await addToAgentDay(
    client,
    Object.keys(linked.measures),
    `select ${linked.cell}, ${measures}
     from ${readAs(linked.table)} as l ${linked.join} ${readAs("contact")} as c on ${CONTACT_OF}
     where ${condition} group by 1, 2, 3, 4, 5`,
  );
}

/** What a transaction changes, by kind: relations with the key columns of the rows that change. */
export interface TouchedRows {
  readonly contact: string | null;
  readonly survey: string | null;
  readonly complaint: string | null;
  readonly outcome: string | null;
}

/**
 * Adds, or takes away, all that the touched rows and the touched contacts have to do with.
 * Called with -1 for what was before the change, and with 1 for what is after it.
 */
export async function addTouchedLinks(
  client: ClientBase,
  sign: 1 | -1,
  touched: TouchedRows,
  readAs: ReadAs,
): Promise<void> {
  for (const linked of LINKED) {
    const own = touched[linked.table];
    const conditions: string[] = [];
    if (own !== null) {
      conditions.push(`(l.source_id, l.external_id) in
        (select t.source_id, t.external_id from ${own} as t)`);
    }
    if (touched.contact !== null && (await anyRow(client, linked.table))) {
      conditions.push(`(l.contact_source_id, l.contact_external_id) in
        (select t.source_id, t.external_id from ${touched.contact} as t)`);
    }
    if (conditions.length > 0) {
      await addLinked(client, linked, sign, conditions.join(" or "), readAs);
    }
  }
}

/** Adds every linked fact there is, as in a full recount. */
export async function addAllLinks(client: ClientBase): Promise<void> {
  for (const linked of LINKED) await addLinked(client, linked, 1, "true");
}

/** A first import of contacts need not look for surveys where there are none. */
async function anyRow(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `select exists (select from ${table}) as any`,
  );
  return rows[0]?.any === true;
}
