import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { parseCount } from "../../src/store/column-types.ts";
import { openStore } from "../../src/store/connection.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase({ empty: true });

const QUESTION = `select 9007199254740991::int8 as count, array[1, null]::int8[] as counts,
  '2026-03-29'::date as day, array['2026-03-29'::date] as days, 1.10::numeric as price,
  current_setting('timezone') as zone, current_setting('application_name') as name`;

const ANSWER = {
  count: 9_007_199_254_740_991,
  counts: [1, null],
  day: "2026-03-29",
  price: "1.10",
  zone: "UTC",
  name: "muster",
};

describe("columns read alike", () => {
  test("from the pool, as objects and as arrays", async () => {
    const { rows } = await store.pool.query(QUESTION);
    expect(rows).toEqual([{ ...ANSWER, days: ["2026-03-29"] }]);
    const arrays = await store.pool.query({
      text: "select count(*) from pg_class",
      rowMode: "array",
    });
    expect(typeof arrays.rows[0]?.[0]).toBe("number");
  });

  test("from a client beside the pool", async () => {
    const client = new pg.Client(store.connection);
    await client.connect();
    const { rows } = await client.query(QUESTION);
    await client.end();
    expect(rows).toEqual([{ ...ANSWER, days: ["2026-03-29"] }]);
  });

  test("through drizzle, in a transaction too", async () => {
    const { rows } = await store.db.execute(sql.raw(QUESTION));
    expect(rows[0]).toMatchObject(ANSWER);
    const inside = await store.db.transaction((transaction) =>
      transaction.execute(sql`select count(*) as count from pg_class where oid = ${1259}`),
    );
    expect(inside.rows).toEqual([{ count: 1 }]);
  });

  test("an instant is the same instant", async () => {
    const { rows } = await store.pool.query("select '2026-03-29 02:30+01'::timestamptz as at");
    expect(rows[0].at).toEqual(new Date("2026-03-29T01:30:00Z"));
  });

  test("and other users of pg are left alone", async () => {
    const client = new pg.Client({ connectionString: store.url });
    await client.connect();
    const { rows } = await client.query("select 1::int8 as count");
    await client.end();
    expect(rows).toEqual([{ count: "1" }]);
  });

  test("a count that a number cannot hold is a fault", () => {
    expect(parseCount("-9007199254740991")).toBe(-9_007_199_254_740_991);
    expect(() => parseCount("9007199254740992")).toThrow("invariant broken");
  });
});

describe("openStore", () => {
  test("keeps what the URL says of itself", async () => {
    const mark = store.url.includes("?") ? "&" : "?";
    const databaseUrl = `${store.url}${mark}options=-c%20statement_timeout%3D12345`;
    const own = await openStore({ databaseUrl, maxConnections: 1 });
    const { rows } = await own.pool.query(
      "select current_setting('statement_timeout') as limit, current_setting('timezone') as zone",
    );
    await own.close();
    await own.close();
    expect(rows).toEqual([{ limit: "12345ms", zone: "UTC" }]);
  });

  test("says where it could not get in, without the password", async () => {
    const opened = openStore({ databaseUrl: "postgres://u:hunter2@127.0.0.1:1/muster" });
    await expect(opened).rejects.toMatchObject({ code: "database_unreachable" });
    await expect(opened).rejects.toThrow(
      /invalid DATABASE_URL: postgres:\/\/u@127\.0\.0\.1:1\/muster, expected .*ECONNREFUSED/,
    );
    await expect(opened).rejects.not.toThrow(/hunter2/);
  });

  test("refuses a database that cannot hold every name", async () => {
    const name = `${(await store.pool.query("select current_database() as name")).rows[0].name}_l1`;
    const fresh = `create database ${name} template template0 encoding 'LATIN1' locale 'C'`;
    const major = await store.pool.query("select current_setting('server_version_num')::int as n");
    await store.pool.query(major.rows[0].n >= 170_000 ? `${fresh} locale_provider libc` : fresh);
    const databaseUrl = store.url.replace(/(\/muster_test_[a-z0-9_]+)/, `/${name}`);
    await expect(openStore({ databaseUrl })).rejects.toMatchObject({ code: "database_encoding" });
    await store.pool.query(`drop database ${name}`);
  });

  test("a connection that the server cuts does not end the process", async () => {
    const own = await openStore({ databaseUrl: store.url, maxConnections: 1 });
    const { rows } = await own.pool.query("select pg_backend_pid() as pid");
    await store.pool.query("select pg_terminate_backend($1, 5000)", [rows[0].pid]);
    await expect.poll(() => own.pool.totalCount).toBe(0);
    expect((await own.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await own.close();
  });
});
