/**
 * How rows are added to `tally_agent_day`, whatever they count: a query that yields the five key
 * columns and some measures is summed into the table. Adding is all there is: what goes away is
 * added with a minus.
 */

import type { ClientBase } from "pg";

export const AGENT_DAY_KEY = "agent_id, local_day, queue_id, channel, assisted";

/**
 * Adds the sums of a query to the tally.
 *
 * `rows` must select the key columns and each of `measures`, one row a key. Rows are locked in key
 * order, so that two writers never wait for each other in a circle.
 */
export async function addToAgentDay(
  client: ClientBase,
  measures: readonly string[],
  rows: string,
  parameters: readonly unknown[] = [],
): Promise<void> {
  await client.query(
    `insert into tally_agent_day as t (${AGENT_DAY_KEY}, ${measures.join(", ")})
     select ${AGENT_DAY_KEY}, ${measures.join(", ")} from (${rows}) as added
     where ${measures.map((measure) => `${measure} <> 0`).join(" or ")}
     order by ${AGENT_DAY_KEY}
     on conflict (${AGENT_DAY_KEY}) do update set
       ${measures.map((measure) => `${measure} = t.${measure} + excluded.${measure}`).join(", ")}`,
    [...parameters],
  );
}

/** A condition: any measure of the tally, which are its bigint columns, is not zero. */
export async function notOnlyZeros(client: ClientBase, tally: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and atttypid = 'int8'::regtype and attnum > 0`,
    [tally],
  );
  return rows.map(({ name }) => `${name} <> 0`).join(" or ");
}
