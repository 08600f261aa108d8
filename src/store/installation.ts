/** The one row about the installation itself. */

import { sql } from "drizzle-orm";
import type { Queryable } from "./connection.ts";

/** Keeps the fingerprint where there is none yet; answers with the one that is kept. */
export async function rememberFingerprint(db: Queryable, fingerprint: string): Promise<string> {
  const { rows } = await db.execute<{ fingerprint: string }>(sql`
    insert into installation (key_fingerprint) values (${fingerprint})
    on conflict (only_row) do update set only_row = true
    returning key_fingerprint as fingerprint`);
  return (rows[0] as { fingerprint: string }).fingerprint;
}

/** Has nothing ever been imported? */
export async function isEmpty(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute<{ empty: boolean }>(
    sql`select not exists (select from batch) as empty`,
  );
  return rows[0]?.empty === true;
}

/** Remembers that this store holds the demo centre, and which. */
export async function markDemo(
  db: Queryable,
  demo: { readonly seed: number; readonly madeAt: string },
): Promise<void> {
  await db.execute(sql`update installation set demo = ${JSON.stringify(demo)}::jsonb`);
}

export async function isDemo(db: Queryable): Promise<boolean> {
  const { rows } = await db.execute<{ demo: boolean }>(
    sql`select demo is not null as demo from installation`,
  );
  return rows[0]?.demo === true;
}
