/**
 * Nor does the time of an answer tell: another party's id takes as long as an id that names nothing. The
 * other party has so many rows that a look at them would show. The bound is half of the time that one
 * look at them takes in the same minute on the same machine: the last test here finds a look by it.
 */

import { describe, expect, it } from "vitest";
import { boundedStore } from "../../src/store/bounded.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { DAYS, NOW, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const ROWS = 200_000;
await store.pool.query(`
  insert into contact (source_id, external_id, arrived_at, local_day, agent_id, queue_id, wait_seconds,
      talk_seconds, hold_seconds, wrap_seconds, batch_id, channel, outcome)
    select c.source_id, 'more ' || i, c.arrived_at + i * interval '1 millisecond', c.local_day, c.agent_id,
      c.queue_id, 0, 60, 0, 0, c.batch_id, 'call', 'handled'
    from (select contact.* from contact join agent on agent.id = agent_id
      where agent.name = 'Ann' order by external_id limit 1) as c, generate_series(1, ${ROWS}) as i;
  insert into task (origin, kind, channel, state) values ('ann', 'call back', 'call', 'offered');
  insert into assignment (task_id, agent_id, expected_cost, offered_at, lease_until)
    select task.id, agent.id, 0, '${NOW.toISOString()}', now() + interval '1 day'
    from task cross join agent where agent.name = 'Ann';
  analyze;`);
const server = await startServer(store);
const NOTHING = "01900000-0000-7000-8000-000000000000";
const one = async (text: string): Promise<string> => (await store.pool.query(text)).rows[0].id;
const ann = await one("select uuid as id from agent where name = 'Ann'");
const bank = await one("select uuid as id from party where name = 'Bank'");
const assignment = await one("select id from assignment");

const TURNS = 11;
const ROUNDS = 3;
const MOST = 0.5;
const median = (values: number[]) =>
  values.sort((a, b) => a - b)[(values.length - 1) / 2] as number;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** By how much the first takes longer: asked in turn, so that whatever else the machine does befalls both. */
async function longer(first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const differences: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const [one, other] = turn % 2 === 0 ? [first, second] : [second, first];
    const [a, b] = [await timed(one), await timed(other)];
    differences.push(turn % 2 === 0 ? a - b : b - a);
  }
  return median(differences);
}

/**
 * The difference as shares of one look at everything, of up to three rounds: what the machine did beside
 * is gone in one of them, what the database does is in each.
 */
async function sharesOfLook(first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const shares: number[] = [];
  while (shares.length < ROUNDS && !shares.some((share) => share < MOST)) {
    const whole = await longer(look, async () => undefined);
    shares.push(Math.abs(await longer(first, second)) / whole);
  }
  return Math.min(...shares);
}

/** How long one look at every contact takes. */
const look = () => store.pool.query("select count(*) from contact where talk_seconds < 0");

describe.each([
  ["vendor", { party: "Lotus" }, "/contacts", "agent", ann],
  ["vendor", { party: "Lotus" }, "/contacts", "party", bank],
  ["vendor", { party: "Lotus" }, "/metrics", "agent", ann],
  ["agent", { agent: "Dee" }, "/contacts", "agent", ann],
  ["agent", { agent: "Dee" }, "/metrics", "party", bank],
] as const)("a %s (%o) at %s", (role, of, path, key, foreign) => {
  it(`is told nothing by the time that another party's ${key} takes`, async () => {
    const token = await server.token(role, of);
    const ask = (id: string) => async () => {
      const query = new URLSearchParams({ ...DAYS, [key]: id });
      const response = await server.ask(`${path}?${query}`, token);
      expect(response.status).toBe(200);
      await response.text();
    };
    expect(await sharesOfLook(ask(foreign), ask(NOTHING))).toBeLessThan(MOST);
  });
});

it.each([
  ["an assignment", "POST", "/assignments/ID/accept", assignment, 404],
  ["an agent", "GET", "/agents/ID/assignments", ann, 403],
] as const)(
  "nor is %s told by the time of its id in a path",
  async (_what, method, path, id, is) => {
    const token = await server.token("agent", { agent: "Dee" });
    const ask = (asked: string) => async () => {
      const response = await server.ask(path.replace("ID", asked), token, { method });
      expect(response.status).toBe(is);
      await response.text();
    };
    expect(await sharesOfLook(ask(id), ask(NOTHING))).toBeLessThan(MOST);
  },
);

it("would be told by a look at the other party's rows", async () => {
  const userId = NOTHING;
  const { pool } = boundedStore(store, { partyId: 2, agentId: null, userId }, "read only");
  const scan = () => pool.query("select count(*) from contact");
  expect(await sharesOfLook(scan, () => pool.query("select 1"))).toBeGreaterThan(MOST);
});
