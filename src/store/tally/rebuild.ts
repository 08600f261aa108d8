/**
 * The full recount: every tally from the facts, by the very rules that keep them up to date. It is the
 * proof of the incremental way (the two must agree) and the repair after a restore.
 */

import type { ClientBase } from "pg";
import { notOnlyZeros } from "./agent-day.ts";
import { addContactsToAgentDay, addContactsToIntervals } from "./contact-tally.ts";
import { addAllLinks } from "./linked-tally.ts";
import { ALL_JOURNEYS, addRepeats } from "./repeat-tally.ts";
import { addTickets } from "./ticket-tally.ts";
import { addAgentTime } from "./time-tally.ts";

export const TALLIES = ["tally_agent_day", "tally_agent_time", "tally_interval"] as const;

/** Empties the tallies and counts again, in the caller's transaction. */
export async function recountTallies(client: ClientBase): Promise<void> {
  for (const tally of TALLIES) await client.query(`delete from ${tally}`);
  await countAll(client);
}

async function countAll(client: ClientBase): Promise<void> {
  const all = "select 1 as sign, c.* from contact as c";
  await addContactsToAgentDay(client, all);
  await addContactsToIntervals(client, all);
  await addRepeats(client, ALL_JOURNEYS);
  await addAllLinks(client);
  await addTickets(client, 1, null);
  await addAgentTime(client, "select 1 as sign, s.* from agent_state as s");
}

/** A tally whose cells were not what a recount gives. */
export interface TallyDifference {
  readonly tally: string;
  readonly cells: number;
}

/**
 * Counts again and says which cells differ from what stood there. Cells of nothing but zeros, which
 * taking away leaves behind, count as absent. The recount stays.
 */
export async function compareWithRecount(
  client: ClientBase,
): Promise<{ cells: number; differences: TallyDifference[] }> {
  for (const tally of TALLIES) {
    await client.query(
      `create temporary table was_${tally} on commit drop as select * from ${tally}`,
    );
  }
  await recountTallies(client);
  const differences: TallyDifference[] = [];
  let cells = 0;
  for (const tally of TALLIES) {
    const { rows } = await client.query<{ differing: number; cells: number }>(
      `with was as (select * from was_${tally} where ${await notOnlyZeros(client, tally)})
       select (select count(*) from (
           (table was except table ${tally}) union all (table ${tally} except table was)) as d
         )::int8 as differing, (select count(*) from ${tally})::int8 as cells`,
    );
    cells += rows[0]?.cells ?? 0;
    const differing = rows[0]?.differing ?? 0;
    if (differing > 0) differences.push({ tally, cells: differing });
  }
  return { cells, differences };
}
