/**
 * What the database's own constraints do not hold. Facts carry ids without foreign keys, because four
 * of them make an insert three times slower; here every such id is looked for.
 */

import { eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { alias, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import type { Queryable } from "../connection.ts";
import {
  agentState,
  batch,
  complaint,
  contact,
  logEvent,
  outcome,
  payment,
  source,
  survey,
  ticket,
  ticketEvent,
} from "./facts.ts";
import { agent, queue } from "./who.ts";
import { assignment } from "./work.ts";

/** Where the ids of facts point to, by the name of the column. */
const TARGETS: Readonly<Record<string, { readonly table: PgTable; readonly id: PgColumn }>> = {
  sourceId: { table: source, id: source.id },
  batchId: { table: batch, id: batch.id },
  agentId: { table: agent, id: agent.id },
  queueId: { table: queue, id: queue.id },
};

const FACTS: Readonly<Record<string, PgTable>> = {
  contact,
  agent_state: agentState,
  ticket,
  ticket_event: ticketEvent,
  survey,
  complaint,
  outcome,
  payment,
  log_event: logEvent,
};

export interface Orphans {
  readonly table: string;
  readonly column: string;
  readonly rows: number;
}

/** Columns of facts that hold ids of nothing, and in how many rows. */
export async function orphanIds(db: Queryable): Promise<Orphans[]> {
  const found: Orphans[] = [];
  for (const [name, table] of Object.entries(FACTS)) {
    for (const [key, target] of Object.entries(TARGETS)) {
      const column = (table as unknown as Record<string, PgColumn | undefined>)[key];
      if (column === undefined) continue;
      const there = alias(target.table, "target");
      const id = (there as unknown as Record<string, PgColumn>).id as PgColumn;
      const [counted] = await db
        .select({ rows: sql<number>`count(*)::int8` })
        .from(table)
        .leftJoin(there, eq(id, column))
        .where(sql`${isNotNull(column)} and ${isNull(id)}`);
      const rows = counted?.rows ?? 0;
      if (rows > 0) found.push({ table: name, column: column.name, rows });
    }
  }
  return found;
}

/** Tasks that more than one agent holds. An index forbids it; this asks whether it still does. */
export async function tasksWithTwoOwners(db: Queryable): Promise<string[]> {
  const rows = await db
    .select({ task: assignment.taskId })
    .from(assignment)
    .where(inArray(assignment.state, ["offered", "accepted"]))
    .groupBy(assignment.taskId)
    .having(gt(sql`count(*)`, 1));
  return rows.map((row) => row.task);
}
