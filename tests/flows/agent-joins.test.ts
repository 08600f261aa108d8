/**
 * Two names joined give the figures that one name would have given, and undone those that were before.
 * Hand-offs too: a ticket that goes from one name to the other has gone nowhere.
 */

import fc from "fast-check";
import { expect, it } from "vitest";
import type { FactRecord, TicketEventRecord } from "../../src/domain/shared/records.ts";
import type { Grouping } from "../../src/domain/shared/vocabulary.ts";
import { joinAgents, undoAgentJoin } from "../../src/flows/agent-joins.ts";
import { measure } from "../../src/flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../../src/flows/read/scope.ts";
import { SPREAD_METRICS, spreadReport } from "../../src/flows/read/spread-report.ts";
import type { Store } from "../../src/store/connection.ts";
import type { ContactMark } from "../../src/store/reports/contact-marks.ts";
import { contactRows } from "../../src/store/reports/contact-rows.ts";
import { rateSums } from "../../src/store/reports/rate-sums.ts";
import { compareWithRecount } from "../../src/store/tally/rebuild.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { testDatabase } from "../support/database.ts";
import { call, calls, stretch } from "./import/hand-made.ts";
import { madeRecords, type Sourced, ZONES } from "./import/made-records.ts";
import { emptyStore, importInOrder, importRecords } from "./import/record-store.ts";

const NOW = new Date("2027-01-01T00:00:00Z");
const PERIOD = { from: "2024-01-01", to: "2025-01-01" };
/** Ann, and as Bo, whose name is another way to write hers. */
const [PERSON, OTHER_NAME] = ["Ann", "Bo"];

const twoNames = await prepared();
const oneName = await prepared();

/** Ann is with the bank, Cy with a vendor, each at a price; Bo is nobody that the organisation knows. */
async function prepared(): Promise<Store> {
  const store = await testDatabase();
  await store.pool.query(`
    insert into site (name, zone) select zone, zone from unnest('{UTC,${ZONES.join()}}'::text[]) as zone;
    insert into party (name, kind) values ('Bank', 'client'), ('Lotus', 'vendor');
    insert into team (party_id, name) select id, name || ' team' from party;
    insert into agent (site_id, name) select site.id, n from site, unnest('{Ann,Bo,Cy}'::text[]) as n;
    insert into agent_alias (site_id, name, agent_id) select site_id, name, id from agent;
    insert into membership (agent_id, team_id, from_day)
      select agent.id, team.id, '2024-01-01' from agent, team
      where (agent.name, team.name) in (('Ann', 'Bank team'), ('Cy', 'Lotus team'));
    insert into cost_rate (agent_id, per_hour, per_contact, currency, from_day)
      select id, 30, 2, 'CNY', '2024-01-01' from agent where name = 'Ann'`);
  return store;
}

async function uuidOf(store: Store, name: string, zone = "UTC"): Promise<string> {
  const { rows } = await store.pool.query(
    `select agent.uuid from agent join site on site.id = site_id
     where agent.name = $1 and zone = $2`,
    [name, zone],
  );
  return rows[0].uuid;
}

async function userOf(store: Store): Promise<string> {
  const { rows } = await store.pool.query(
    `insert into app_user (name, role) values ('joiner', 'manager')
     on conflict (name) do update set name = excluded.name returning id`,
  );
  return rows[0].id;
}

async function join(store: Store, zone = "UTC"): Promise<string> {
  const [agent, into] = [await uuidOf(store, OTHER_NAME, zone), await uuidOf(store, PERSON, zone)];
  return (await joinAgents(store, { agent, into, userId: await userOf(store), now: NOW })).id;
}

const undo = async (store: Store, id: string) =>
  undoAgentJoin(store, { join: id, userId: await userOf(store), now: NOW });

const GROUPINGS: readonly (readonly Grouping[])[] = [["agent"], ["team", "day"], ["party"]];

const EVERY_CONTACT: ContactMark = {
  ...{ outcomes: null, weekday: null, minute: null, waitWithin: null, waitOver: null },
  ...{ assisted: null, transferred: null, surveyed: null, complained: null, acted: null },
  ...{ verified: null, judgedWithin: null, repeatedWithin: null, withoutParty: null },
  asOf: "2025-01-01",
};

/** Every figure of the store in a form that two stores can be compared by. */
async function figuresOf(store: Store, zone = "UTC"): Promise<unknown> {
  const found: unknown[] = [];
  const uuids = await store.pool.query(
    "select name, uuid from agent union select name, uuid from team",
  );
  const nameOf = new Map(uuids.rows.map(({ name, uuid }) => [uuid, name]));
  // Both stores made their own ids.
  const named = (value: unknown) =>
    JSON.parse(JSON.stringify(value), (key, inside) => {
      if (key.endsWith("Id")) return undefined;
      return typeof inside === "string" ? (nameOf.get(inside) ?? inside) : inside;
    });
  for (const agent of [undefined, [await uuidOf(store, PERSON, zone)]]) {
    const asking = await askingOf(store, { ...PERIOD, agent }, UNBOUNDED, NOW);
    for (const by of GROUPINGS) {
      found.push(named(await measure(store, asking, { by, threshold: 20 })));
    }
    for (const metric of SPREAD_METRICS)
      found.push(named(await spreadReport(store, asking, metric)));
    const page = { after: null, limit: 1000 };
    const rows = (await contactRows(store.db, asking.scope, EVERY_CONTACT, page)).rows;
    found.push(rows.map(({ externalId, agent: name }) => `${externalId} ${name}`).sort());
  }
  return found;
}

/** As if the log had used one name. */
const underOneName = (records: readonly Sourced[]): Sourced[] =>
  records.map(({ source, record }) => ({
    source,
    record: ("agent" in record && record.agent === OTHER_NAME
      ? { ...record, agent: PERSON }
      : record) as FactRecord,
  }));

/** Tallies that differ from what a full recount gives. */
const recounted = async (store: Store) =>
  (await inTransaction(store.pool, compareWithRecount)).differences;

it("figures of the person are those that one name would have given; undone, those before", async () => {
  await fc.assert(
    fc.asyncProperty(madeRecords, async ({ records, zone }) => {
      await emptyStore(twoNames);
      await emptyStore(oneName);
      await importInOrder(twoNames, zone, records);
      await importInOrder(oneName, zone, underOneName(records));
      // Days of nothing but zeros, which a replaced row leaves behind, go with a recount.
      for (const store of [twoNames, oneName]) expect(await recounted(store)).toEqual([]);
      const before = await figuresOf(twoNames, zone);
      const id = await join(twoNames, zone);
      const joined = await figuresOf(twoNames, zone);
      expect(await recounted(twoNames)).toEqual([]);
      await undo(twoNames, id);
      expect(await recounted(twoNames)).toEqual([]);
      expect(joined).toEqual(await figuresOf(oneName, zone));
      expect(await figuresOf(twoNames, zone)).toEqual(before);
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 60_000);

it("holds for groups large enough to be shown, with agents' time and costs", async () => {
  const records: FactRecord[] = [4, 5, 6, 7, 8, 11, 12].flatMap((day) => {
    const two = String(day).padStart(2, "0");
    const span = (from: string, to: string) =>
      [`2024-03-${two}T${from}:00Z`, `2024-03-${two}T${to}:00Z`] as const;
    return [
      ...calls(9, day, { agent: PERSON }),
      ...calls(day, day, { agent: OTHER_NAME, talkSeconds: 70 + day, customer: "9" }),
      ...calls(12, day, { agent: "Cy", customer: null }),
      stretch(PERSON, "signed_on", span("08:00", "12:00")),
      stretch(OTHER_NAME, "signed_on", span("13:00", "16:00")),
      stretch(OTHER_NAME, "available", span("13:00", "13:30")),
      // Paid time under one name only: then signed-on time of the other pays nothing.
      ...(day % 2 === 0 ? [stretch(PERSON, "paid", span("08:00", "13:00"))] : []),
      stretch("Cy", "signed_on", span("08:00", "16:00")),
    ];
  });
  const sourced = records.map((record) => ({ source: "alpha", record }));
  await emptyStore(twoNames);
  await emptyStore(oneName);
  await importInOrder(twoNames, "UTC", sourced);
  await importInOrder(oneName, "UTC", underOneName(sourced));
  const id = await join(twoNames);
  const asking = await askingOf(twoNames, PERIOD, UNBOUNDED, NOW);
  const spread = await spreadReport(twoNames, asking, "meanHandleSeconds");
  // 7 days of 9 calls, and 4+5+6+7+8+11+12 under the other name.
  expect(spread.agents).toMatchObject([
    { name: "Ann", party: "Bank", n: 63 + 53, suppressed: false },
    { name: "Cy", party: "Lotus", n: 84, suppressed: false },
  ]);
  expect(await figuresOf(twoNames)).toEqual(await figuresOf(oneName));
  const [rate] = await rateSums(twoNames.db, asking.scope, ["agent"]);
  // Days 4, 6, 8 and 12 are paid for 5 hours, the other three for 4 and 3 signed on.
  expect(rate?.rate.paidSeconds).toBe((4 * 5 + 3 * 7) * 3600);
  await undo(twoNames, id);
  expect((await spreadReport(twoNames, asking, "meanHandleSeconds")).agents).toHaveLength(3);
});

it("what one name hands to the other is no hand-off, whenever it came", async () => {
  const step = (ticket: string, agent: string | null, minute: number): TicketEventRecord => ({
    ...{ kind: "ticket_event", externalId: `${ticket} ${minute}`, ticket, activity: "step" },
    ...{ at: Date.UTC(2024, 2, 4, 9, minute), localDay: "2024-03-04", effect: null, agent },
    ...{ queue: "cards", customer: null, reason: null, priority: null },
  });
  await emptyStore(twoNames);
  const first = ["Ann", "Bo", null, "Cy", "Ann"].map((agent, at) => step("t1", agent, at));
  await importRecords(twoNames, "alpha", "UTC", first);
  const handOffs = async () => {
    const { rows } = await twoNames.pool.query(
      `select agent.name, sum(hand_offs)::int as n from tally_agent_day join agent on agent.id = agent_id
       group by agent.name having sum(hand_offs) <> 0 order by 1`,
    );
    const tickets = await twoNames.pool.query(
      "select external_id, hand_offs from ticket order by external_id",
    );
    return [rows.map(({ name, n }) => [name, n]), tickets.rows.map((row) => row.hand_offs)];
  };
  // By the names: Ann to Bo, Bo to Cy, Cy to Ann.
  const each = [
    ["Ann", 1],
    ["Bo", 1],
    ["Cy", 1],
  ];
  expect(await handOffs()).toEqual([each, [3]]);
  const id = await join(twoNames);
  expect(await handOffs()).toEqual([each.slice(1), [2]]);
  // A ticket that comes later, and news of the one that is there: each from Ann to Cy.
  const later = [step("t2", "Bo", 1), step("t2", "Ann", 2), step("t2", "Cy", 3)];
  await importRecords(twoNames, "alpha", "UTC", [...later, step("t1", "Cy", 7)]);
  const joined = [
    ["Ann", 2],
    ["Bo", 1],
    ["Cy", 1],
  ];
  expect(await handOffs()).toEqual([joined, [3, 1]]);
  expect(await recounted(twoNames)).toEqual([]);
  await undo(twoNames, id);
  const undone = [
    ["Ann", 3],
    ["Bo", 2],
    ["Cy", 1],
  ];
  expect(await handOffs()).toEqual([undone, [4, 2]]);
  expect(await recounted(twoNames)).toEqual([]);
});

it("asked for by either name, or bound to it, the person is found whole", async () => {
  await emptyStore(twoNames);
  await importRecords(twoNames, "alpha", "UTC", [
    ...[call("a", 4), call("b", 4, { agent: OTHER_NAME })],
    ...[call("c", 4, { agent: OTHER_NAME }), call("d", 4, { agent: "Cy" })],
  ]);
  const id = await join(twoNames);
  const handled = async (name: string | undefined, bound: string | null) => {
    const agent = name === undefined ? undefined : [await uuidOf(twoNames, name)];
    const uuid = bound === null ? null : await uuidOf(twoNames, bound);
    const ids = await twoNames.pool.query("select id from agent where uuid = $1", [uuid]);
    const bounds = { partyId: null, agentId: ids.rows[0]?.id ?? null };
    const asking = await askingOf(twoNames, { ...PERIOD, agent }, bounds, NOW);
    return (await measure(twoNames, asking, { by: [], threshold: 20 }))[0]?.handled;
  };
  expect(await handled(PERSON, null)).toBe(3);
  expect(await handled(OTHER_NAME, null)).toBe(3);
  expect(await handled(undefined, OTHER_NAME)).toBe(3);
  expect(await handled("Cy", OTHER_NAME)).toBe(0);
  await undo(twoNames, id);
  expect(await handled(OTHER_NAME, null)).toBe(2);
  expect(await handled(undefined, PERSON)).toBe(1);
});
