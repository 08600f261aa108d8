/** Studies of spread over HTTP: what the command line says, for those who see the whole centre. */

import { describe, expect, it } from "vitest";
import { dimensions } from "../../src/http/contract/reading.ts";
import { spreadStudy } from "../../src/http/contract/studies.ts";
import { testDatabase } from "../support/database.ts";
import { demoDatabase } from "../support/demo-database.ts";
import { runMuster } from "../support/muster-process.ts";
import { problemIn, startServer } from "./support.ts";

const store = await demoDatabase();
const server = await startServer(store);
const manager = await server.token("manager");

const ask = (query: string, token = manager) => server.ask(`/studies/spread?${query}`, token);

async function study(query: string) {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return spreadStudy.response.parse(await response.json());
}

describe("GET /studies/spread", () => {
  it("says what `muster spread` says of the same store", async () => {
    const key = { MUSTER_KEY: "07".repeat(32) };
    const words = ["spread", "--metric", "satisfactionMean", "--json"];
    const [told, printed] = await Promise.all([
      study("metric=satisfactionMean"),
      runMuster(store, words, key),
    ]);
    expect(printed.err).not.toContain("invalid");
    expect(printed.json()).toEqual(told);
    expect(told.verdict).toBe("claim_grade");
    // One person left and two came: what they took and brought is not told.
    expect(told.composition).toBeNull();
  }, 60_000);

  it("tells the people of one team nothing of each other: nine and fewer are not shown", async () => {
    // A day before anything: nobody has five days, so nobody's cases an hour count.
    const first = (await study("metric=casesPerHour")).before.from;
    const next = new Date(Date.parse(first) + 86_400_000).toISOString().slice(0, 10);
    const found = await study(
      `metric=casesPerHour&beforeFrom=${first}&beforeTo=${next}&afterFrom=${next}&afterTo=2030-01-01`,
    );
    expect(found.verdict).toBe("suppressed");
    expect(found.treated.before).toMatchObject({ agents: 0, rawStandardDeviation: null });
    expect(found).toMatchObject({ net: null, composition: null, fifths: null, cuts: [] });
    expect(found.treated.change).toEqual({ rawReduction: null, reduction: null, interval: null });
  });

  it("answers others while it draws", async () => {
    const begun = performance.now();
    let slowest = 0;
    const studied = study("metric=meanHandleSeconds&seed=77");
    while (performance.now() - begun < 400) {
      const asked = performance.now();
      await server.ask("/health", manager);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    await studied;
    expect(slowest).toBeLessThan(300);
  });

  it.each([
    ["metric=mood", "metric"],
    ["metric=casesPerHour&beforeFrom=2026-01-01", "beforeTo"],
    ["metric=casesPerHour&afterTo=2026-01-01", "afterTo"],
    ["metric=casesPerHour&seed=-1", "seed"],
  ])("refuses %s", async (query, named) => {
    const response = await ask(query);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(named);
  });

  it("is offered where an assistant came, to those who may ask for it", async () => {
    const offered = async (token: string) =>
      dimensions.response.parse(await (await server.ask("/dimensions", token)).json())
        .assistantsCame;
    const { rows } = await store.pool.query("select name from party where kind = 'vendor' limit 1");
    expect(await offered(manager)).toBe(true);
    expect(await offered(await server.token("vendor", { party: rows[0].name }))).toBe(false);
    const empty = await startServer(await testDatabase());
    const response = await empty.ask("/dimensions", await empty.token("manager"));
    expect(await response.json()).toMatchObject({ assistantsCame: false });
  });

  it("refuses days that overlap, by their code", async () => {
    const days =
      "beforeFrom=2026-01-01&beforeTo=2026-02-01&afterFrom=2026-01-20&afterTo=2026-03-01";
    const problem = await problemIn(await ask(`metric=casesPerHour&${days}`));
    expect(problem).toMatchObject({ status: 400, code: "overlapping_periods" });
  });

  it.each(["vendor", "agent"] as const)("is not for a %s", async (role) => {
    const { rows } = await store.pool.query(
      "select agent.name as agent, party.name as party from agent join membership on agent.id = agent_id join team on team.id = team_id join party on party.id = party_id where agent.kind = 'human' limit 1",
    );
    const { agent, party } = rows[0];
    const token = await server.token(role, role === "vendor" ? { party } : { agent });
    expect((await ask("metric=casesPerHour", token)).status).toBe(403);
  });
});
