/**
 * What the database itself lets a vendor and an agent see and write, table by table, over two parties in
 * each; and rules over the catalogue that a later migration cannot forget.
 */

import { readFileSync } from "node:fs";
import type pg from "pg";
import { describe, expect, it } from "vitest";
import { BOUNDED_ROLE, boundedStore, type StoreBounds } from "../../src/store/bounded.ts";
import type { Store } from "../../src/store/connection.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase();
await store.pool.query(readFileSync(new URL("two-parties.sql", import.meta.url), "utf8"));

const LOTUS: StoreBounds = {
  partyId: 2,
  agentId: null,
  userId: "00000000-0000-7000-8000-000000000001",
};
const CAI: StoreBounds = {
  partyId: null,
  agentId: 2,
  userId: "00000000-0000-7000-8000-000000000004",
};
const CALLERS = [
  ["a vendor", LOTUS],
  ["an agent", CAI],
] as const;
const NOBODY = { ...LOTUS, partyId: null };

/** What shows which row it is. */
interface Seen {
  readonly name: string;
  readonly vendor: readonly string[];
  readonly agent: readonly string[];
}

const FACTS = { vendor: ["cai", "dee", "mo", "nick"], agent: ["cai", "cai early", "nick"] };
/** Linked to no contact, they are their agent's. */
const LOOSE = {
  vendor: [...FACTS.vendor, "loose cai"].sort(),
  agent: [...FACTS.agent, "loose cai"].sort(),
};
const DAYS = {
  name: "agent_id || ' ' || local_day",
  vendor: ["2 2026-03-05", "3 2026-03-01", "4 2026-03-05", "5 2026-03-31"],
  agent: ["2 2025-12-31", "2 2026-03-05", "4 2026-03-05"],
};
const PERIODS = {
  name: "agent_id || ' ' || from_day",
  vendor: ["2 2026-01-01", "3 2026-03-01"],
  agent: ["2 2026-01-01"],
};
const NOTES = { vendor: ["of lotus", "of lotus too", "to lotus"], agent: [] };

/** Every table and view that a bounded caller may read something of, and what it sees. */
const READ: Readonly<Record<string, Seen>> = {
  party: { name: "name", vendor: ["Lotus"], agent: ["Lotus"] },
  team: { name: "name", vendor: ["red"], agent: ["red"] },
  agent: { name: "name", vendor: ["cai", "dee", "mo", "nick"], agent: ["cai", "nick"] },
  person: {
    name: "agent_id || ' ' || person_id",
    vendor: ["2 2", "3 3", "4 2", "5 5"],
    agent: ["2 2", "4 2"],
  },
  membership: {
    name: "agent_id || ' ' || from_day",
    vendor: ["2 2026-01-01", "3 2026-03-01", "5 2026-01-01"],
    agent: ["2 2026-01-01"],
  },
  agent_skill: PERIODS,
  adoption: PERIODS,
  cost_rate: {
    name: "coalesce(agent_id::text, 'party ' || party_id) || ' ' || from_day",
    vendor: ["2 2026-01-01", "3 2026-03-01", "party 2 2026-01-01"],
    agent: ["2 2026-01-01", "party 2 2026-01-01"],
  },
  contact: { name: "external_id", ...FACTS },
  contact_file: { name: "external_id", ...FACTS },
  // Whoever had them: the other party's contact with the caller's own customer is among them.
  customer_contact: { name: "customer_key::text", vendor: ["7", "7"], agent: ["7", "7"] },
  survey: { name: "external_id", ...FACTS },
  complaint: { name: "external_id", ...LOOSE },
  outcome: { name: "external_id", ...LOOSE },
  tally_agent_day: DAYS,
  tally_agent_time: DAYS,
  task: { name: "origin", ...FACTS },
  assignment: {
    name: "agent_id || ' ' || offered_at::date",
    vendor: ["2 2026-03-04", "3 2026-02-28", "4 2026-03-04", "5 2026-03-30"],
    agent: ["2 2025-12-30", "2 2026-03-04", "4 2026-03-04"],
  },
  agent_presence: { name: "agent_id::text", vendor: ["2", "3"], agent: ["2"] },
  app_user: { name: "name", vendor: ["lotus", "lotus too"], agent: ["cai"] },
  annotation: { name: "text", ...NOTES },
  threshold: { name: "metric", ...NOTES },
  alert_dismissal: {
    name: "group_id",
    vendor: ["lotus of lotus", "lotus of lotus too", "lotus to lotus"],
    agent: [],
  },
  saved_view: {
    name: "name",
    vendor: ["lotus alone", "lotus shared", "lotus too shared"],
    agent: ["cai alone", "cai shared"],
  },
};

/** Words that everybody shares, with the columns that are told. */
const SHARED = ["assistant", "queue", "site", "skill", "source"];

/** Tables of which a bounded caller may write rows; the tests below say which. */
const WRITTEN = [
  ...["agent_presence", "alert_dismissal", "annotation", "assignment", "saved_view", "task"],
  "threshold",
];

async function column(pool: pg.Pool, text: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(text);
  return rows.map(({ name }) => name);
}

const readable = await column(
  store.pool,
  `select relname as name from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
     and has_any_column_privilege('${BOUNDED_ROLE}', oid, 'select') order by 1`,
);
const tables = await column(
  store.pool,
  `select relname as name from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
);

describe.each(CALLERS)("%s", (who, bounds) => {
  const { pool } = boundedStore(store, bounds, "read only");
  const writing = boundedStore(store, bounds, "read write").pool;
  const seenBy = who === "a vendor" ? "vendor" : "agent";

  it.each(Object.entries(READ))("sees its own rows of %s and no others", async (table, seen) => {
    const names = (of: pg.Pool) =>
      column(of, `select ${seen.name} as name from ${table} order by (${seen.name}) collate "C"`);
    expect(await names(pool)).toEqual(seen[seenBy]);
    // Else there would have been nothing to hide.
    expect((await names(store.pool)).length).toBeGreaterThan(seen[seenBy].length);
  });

  it.each(tables.filter((table) => !readable.includes(table)))("reads nothing of %s", (table) =>
    expect(pool.query(`select from ${table}`)).rejects.toMatchObject({ code: "42501" }),
  );

  it.each(tables.filter((table) => !WRITTEN.includes(table)))("writes nothing to %s", async (t) => {
    const denied = { code: "42501" };
    await expect(writing.query(`delete from ${t}`)).rejects.toMatchObject(denied);
    await expect(writing.query(`insert into ${t} default values`)).rejects.toMatchObject(denied);
    await expect(writing.query(`truncate ${t}`)).rejects.toMatchObject(denied);
    const [first] = await column(
      store.pool,
      `select attname as name from pg_attribute where attrelid = '${t}'::regclass and attnum > 0
       and attidentity = '' order by attnum limit 1`,
    );
    await expect(writing.query(`update ${t} set ${first} = ${first}`)).rejects.toMatchObject(
      denied,
    );
  });

  it("writes nothing at all where it only reads", () =>
    expect(pool.query("update saved_view set shared = true")).rejects.toMatchObject({
      code: "25006",
    }));
});

/** Does it, says how many rows it did, and undoes it. */
async function wrote(bounds: StoreBounds, text: string): Promise<number> {
  const client = await boundedStore(store, bounds, "read write").pool.connect();
  try {
    await client.query("begin");
    return (await client.query(text)).rowCount ?? 0;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const PRESENCE = `insert into agent_presence (agent_id, pool, capacity, capacity_total, state,
  signed_on_at, last_seen_at, free_since)`;
const NOTE = (party: number, by: string) => `insert into annotation
  (from_day, to_day, text, party_id, created_by, created_at, changed_at)
  values ('2026-03-05', '2026-03-06', 'new', ${party}, '${by}', now(), now())`;
const REFUSED = { code: "42501" };

describe("writing", () => {
  it("an agent moves its own work and presence", async () => {
    expect(await wrote(CAI, "update agent_presence set state = 'aux'")).toBe(1);
    expect(await wrote(CAI, "delete from agent_presence")).toBe(1);
    // Under either of its names.
    expect(await wrote(CAI, "update assignment set state = 'accepted'")).toBe(3);
    expect(await wrote(CAI, "update task set state = 'accepted'")).toBe(3);
    const signOn = `${PRESENCE} values (4, 'own', '{}', 1, 'available', now(), now(), now())`;
    expect(await wrote(CAI, signOn)).toBe(1);
  });

  it("an agent signs nobody else on and gives work to nobody else", async () => {
    const other = `${PRESENCE} values (1, 'own', '{}', 1, 'available', now(), now(), now())
      on conflict (agent_id) do update set state = 'aux'`;
    await expect(wrote(CAI, other)).rejects.toMatchObject(REFUSED);
    const away = "update agent_presence set agent_id = 6";
    await expect(wrote(CAI, away)).rejects.toMatchObject(REFUSED);
    const given = "update assignment set agent_id = 1";
    await expect(wrote(CAI, given)).rejects.toMatchObject(REFUSED);
    await expect(wrote(CAI, "update task set priority = 9")).rejects.toMatchObject(REFUSED);
  });

  it("a vendor moves no work", async () => {
    expect(await wrote(LOTUS, "update assignment set state = 'returned'")).toBe(0);
    expect(await wrote(LOTUS, "update task set state = 'done'")).toBe(0);
    expect(await wrote(LOTUS, "delete from agent_presence")).toBe(0);
    const signOn = `${PRESENCE} values (4, 'own', '{}', 1, 'available', now(), now(), now())`;
    await expect(wrote(LOTUS, signOn)).rejects.toMatchObject(REFUSED);
  });

  it("a vendor's user makes and changes its own notes of its own party", async () => {
    expect(await wrote(LOTUS, NOTE(2, LOTUS.userId))).toBe(1);
    await expect(wrote(LOTUS, NOTE(1, LOTUS.userId))).rejects.toMatchObject(REFUSED);
    await expect(wrote(LOTUS, NOTE(2, CAI.userId))).rejects.toMatchObject(REFUSED);
    expect(await wrote(LOTUS, "update annotation set text = 'changed'")).toBe(1);
    expect(await wrote(LOTUS, "delete from threshold")).toBe(1);
    const away = "update threshold set party_id = 1";
    await expect(wrote(LOTUS, away)).rejects.toMatchObject(REFUSED);
    await expect(wrote(CAI, NOTE(2, CAI.userId))).rejects.toMatchObject(REFUSED);
  });

  it("a vendor's user puts away alerts of its own party's thresholds, for itself alone", async () => {
    const away = (user: string, party: string) => `insert into alert_dismissal
      (user_id, threshold_id, group_id, day, dismissed_at)
      select '${user}', id, 'new', '2026-03-05', now() from threshold where ${party}`;
    expect(await wrote(LOTUS, away(LOTUS.userId, "true"))).toBe(3);
    expect(await wrote(LOTUS, away(LOTUS.userId, "party_id = 1"))).toBe(0);
    await expect(wrote(LOTUS, away(CAI.userId, "true"))).rejects.toMatchObject(REFUSED);
    const { rows } = await store.pool.query("select id from threshold where party_id = 1");
    const others = `insert into alert_dismissal (user_id, threshold_id, group_id, day, dismissed_at)
      values ('${LOTUS.userId}', '${rows[0].id}', 'new', '2026-03-05', now())`;
    await expect(wrote(LOTUS, others)).rejects.toMatchObject(REFUSED);
    expect(await wrote(LOTUS, "update alert_dismissal set day = '2026-03-06'")).toBe(3);
    expect(await wrote(CAI, "update alert_dismissal set day = '2026-03-06'")).toBe(0);
  });

  it("everybody's saved views are their own to change", async () => {
    expect(await wrote(LOTUS, "update saved_view set shared = false")).toBe(2);
    expect(await wrote(CAI, "delete from saved_view")).toBe(2);
    const given = `update saved_view set user_id = '${CAI.userId}'`;
    await expect(wrote(LOTUS, given)).rejects.toMatchObject(REFUSED);
  });
});

describe("a bounded store", () => {
  it("of nobody's sees nothing", async () => {
    const { pool } = boundedStore(store, NOBODY, "read only");
    for (const table of Object.keys(READ).filter((name) => !/app_user|saved_view/.test(name))) {
      expect((await pool.query(`select from ${table}`)).rowCount, table).toBe(0);
    }
  });

  it("gives its connections back as they came", async () => {
    const single: Store = await testDatabase({ maxConnections: 1 });
    const bounded = boundedStore(single, LOTUS, "read only");
    const asked = `select current_user::text as name union all
      select coalesce(current_setting('muster.party_id', true), '')`;
    const owner = await column(single.pool, asked);
    expect(owner[0]).not.toBe(BOUNDED_ROLE);
    expect(await column(bounded.pool, asked)).toEqual([BOUNDED_ROLE, "2"]);
    expect(await column(single.pool, asked)).toEqual([owner[0], ""]);
    await expect(bounded.pool.query("select 1 / 0")).rejects.toThrow("division by zero");
    expect(await column(single.pool, asked)).toEqual([owner[0], ""]);
    const left = await bounded.pool.connect();
    await left.query("begin");
    left.release();
    expect(await column(single.pool, asked)).toEqual([owner[0], ""]);
    await bounded.db.transaction(async (inside) => {
      const { rows } = await inside.execute<{ who: string }>("select current_user::text as who");
      expect(rows).toEqual([{ who: BOUNDED_ROLE }]);
    });
    expect(await column(single.pool, asked)).toEqual([owner[0], ""]);
  });

  it("runs nothing outside of a transaction, and leads nowhere else", async () => {
    const bounded = boundedStore(store, LOTUS, "read write");
    const client = await bounded.pool.connect();
    await expect(client.query("select 1")).rejects.toThrow("stands in a transaction");
    await expect(client.query("begin; select 1")).rejects.toThrow("stands in a transaction");
    client.release();
    expect(() => bounded.url).toThrow("no other way");
    expect(() => bounded.connection).toThrow("no other way");
    await expect(bounded.close()).rejects.toThrow("no other way");
  });

  it("takes nothing for an id that is none", () => {
    const broken = [{ partyId: Number.NaN }, { agentId: 1.5 }, { userId: "'; reset role; --" }];
    for (const wrong of broken) {
      expect(() => boundedStore(store, { ...LOTUS, ...wrong }, "read only")).toThrow("invariant");
    }
  });
});

/** Tables and views that show, or could show, rows to the bounded role unguarded; one view says itself whose. */
const UNGUARDED = `select relname as name from pg_class
  where relnamespace = 'public'::regnamespace and relname <> all ('{${SHARED.join()}}')
    and relname <> 'customer_contact'
    and (relkind in ('r', 'p') and not relrowsecurity and exists (
        select from pg_attribute where attrelid = pg_class.oid and not attisdropped
          and attname ~ '^(agent|party|team|user|batch|task)_id$|customer_key$|_by$')
      or relkind in ('r', 'p', 'm', 'f') and has_any_column_privilege('${BOUNDED_ROLE}', oid, 'select')
        and not (relrowsecurity and exists (select from pg_policy where polrelid = pg_class.oid))
      or relkind = 'v' and has_any_column_privilege('${BOUNDED_ROLE}', oid, 'select')
        and not coalesce(reloptions && '{security_invoker=true,security_barrier=true}', false))
  order by 1`;

describe("the catalogue", () => {
  it("guards every table that may be read, and every one about people", async () => {
    expect(await column(store.pool, UNGUARDED)).toEqual([]);
  });

  it.each([
    ["create table added (id integer); grant select on added to muster_bounded", "added"],
    ["create table added (agent_id integer)", "added"],
    [
      "create view added as select * from contact; grant select on added to muster_bounded",
      "added",
    ],
    ["alter table contact disable row level security", "contact"],
    ["drop policy bounded on contact", "contact"],
  ])("is seen to fail after: %s", async (text, found) => {
    const client = await store.pool.connect();
    await client.query("begin");
    await client.query(text);
    const { rows } = await client.query<{ name: string }>(UNGUARDED);
    await client.query("rollback");
    client.release();
    expect(rows.map(({ name }) => name)).toEqual([found]);
  });

  it("lets be read what is tested here, and nothing else", () => {
    expect(readable).toEqual([...Object.keys(READ), ...SHARED].sort());
  });

  it("lets nobody have more than the role that it made", async () => {
    const { rows } = await store.pool.query(
      `select rolsuper, rolbypassrls, rolinherit, rolcanlogin, rolcreaterole, rolcreatedb
       from pg_roles where rolname = $1`,
      [BOUNDED_ROLE],
    );
    expect(new Set(Object.values(rows[0]))).toEqual(new Set([false]));
    const member = await store.pool.query(
      "select from pg_auth_members where member = $1::regrole",
      [BOUNDED_ROLE],
    );
    expect(member.rowCount).toBe(0);
  });

  it("has functions that know more than their caller by these names alone", async () => {
    const names = await column(
      store.pool,
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
       and prosecdef order by 1`,
    );
    expect(names).toEqual([
      "bound_agents",
      "bound_days",
      "bound_parties",
      "bound_teams",
      "bound_users",
      "counted_to",
      "known_facts",
      "main_zone",
    ]);
  });
});
