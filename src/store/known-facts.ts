/** Which kinds of facts the store has ever been given: none of a kind is not the same as zero of it. */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

export interface KnownFacts {
  readonly surveys: boolean;
  readonly complaints: boolean;
  readonly outcomes: boolean;
  readonly tickets: boolean;
}

export async function knownFacts(db: Queryable): Promise<KnownFacts> {
  const { rows } = await db.execute<Record<string, unknown> & KnownFacts>(sql`
    select surveys, complaints, outcomes, tickets from known_facts()`);
  return rows[0] as KnownFacts;
}
