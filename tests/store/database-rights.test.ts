/** On a server of the user's own, Muster's user is no superuser: what it lacks is named, and then it works. */

import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { boundedStore } from "../../src/store/bounded.ts";
import { openStore, type Store } from "../../src/store/connection.ts";
import { migrate } from "../../src/store/migrate.ts";
import { databaseUrl } from "../support/database-url.ts";

const password = randomBytes(12).toString("hex");
const user = `plain_${randomBytes(4).toString("hex")}`;
const name = `${inject("databasePrefix")}_${user}`;
const admin = new pg.Client({ connectionString: inject("adminUrl") });
await admin.connect();
const { rows } = await admin.query("select rolsuper from pg_roles where rolname = current_user");
/** Only a superuser makes a user that is none, and a database for it. */
const isSuperuser: boolean = rows[0].rolsuper;
let plain: Store;

beforeAll(async () => {
  if (!isSuperuser) return;
  await admin.query(`create role ${user} login password '${password}'`);
  await admin.query(`create database ${name} owner ${user} template template0 encoding 'UTF8'`);
  plain = await openStore({ databaseUrl: addressOf(user, name), maxConnections: 2 });
});

afterAll(async () => {
  if (isSuperuser) {
    await plain.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.query(`drop role ${user}`);
  }
  await admin.end();
});

/** The same server for another user, as one address. */
function addressOf(who: string, database: string): string {
  return databaseUrl(inject("adminUrl"), database).replace(
    /^([a-z]+:\/\/)[^@]*@/,
    `$1${who}:${password}@`,
  );
}

describe.skipIf(!isSuperuser)("a user that is no superuser", () => {
  it("says what a superuser is to run, changes nothing, and goes on once it was run", async () => {
    const refused = migrate(plain.pool);
    await expect(refused).rejects.toMatchObject({ code: "database_rights" });
    await expect(refused).rejects.toThrow(`grant muster_bounded to ${user}`);
    expect((await plain.pool.query("select max(number) as last from migration")).rows).toEqual([
      { last: 5 },
    ]);
    await admin.query(`grant muster_bounded to ${user}`);
    expect((await migrate(plain.pool)).applied[0]).toBe("0006_row_security.sql");
  });

  it("hinders the owner in nothing and bounds whom it serves", async () => {
    await plain.pool.query(readFileSync(new URL("two-parties.sql", import.meta.url), "utf8"));
    const count = "select count(*)::int as n from contact";
    expect((await plain.pool.query(count)).rows).toEqual([{ n: 10 }]);
    const userId = "00000000-0000-7000-8000-000000000001";
    const bounds = { partyId: 2, agentId: null, userId };
    const bounded = boundedStore(plain, bounds, "read only");
    // cai, mo, nick and dee: see two-parties.sql.
    expect((await bounded.pool.query(count)).rows).toEqual([{ n: 4 }]);
    expect((await bounded.pool.query("select from contact_file")).rowCount).toBe(4);
  });
});
