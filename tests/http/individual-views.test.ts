/** Who saw whose individual figures is kept before they go out, and planners see nobody's name. */

import { beforeEach, describe, expect, it } from "vitest";
import type { MountedRoute } from "../../src/http/mount.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { CONTACTS, DAYS, NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const administrator = await server.token("administrator");
const manager = await server.token("manager");
const planner = await server.token("planner");
const vendor = await server.token("vendor", { party: "Lotus" });
const dee = await server.token("agent", { agent: "Dee" });
const PERIOD = `from=${DAYS.from}&to=${DAYS.to}`;
const NAMES = CONTACTS.map(({ agent }) => agent);
const FOUND_NAMES = new RegExp(`\\b(${NAMES.join("|")})\\b`, "g");
const { rows: agents } = await store.pool.query<{ id: number; uuid: string; name: string }>(
  "select id, uuid, name from agent order by name",
);
const uuidOf = (name: string) => agents.find((agent) => agent.name === name)?.uuid as string;

beforeEach(() => store.pool.query("delete from individual_view"));

interface Kept {
  readonly user: string;
  readonly role: string;
  readonly route: string;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly question: Record<string, unknown>;
  readonly at: string;
}

async function kept(query = ""): Promise<Kept[]> {
  const response = await server.ask(`/individual-views?${query}`, administrator);
  return ((await response.json()) as { rows: Kept[] }).rows;
}

const seen = async () =>
  (await kept()).map(({ role, route, agents: of }) => [role, route, of.map(({ name }) => name)]);

describe("it is kept who saw whom", () => {
  it.each([
    ["figures by agent", "metrics", "by=agent", NAMES],
    ["figures of one agent, however grouped", "metrics", "by=day&agent=Cai", ["Cai"]],
    ["the spread between agents", "spread", "metric=meanHandleSeconds", NAMES],
    ["contacts of an agent", "contacts", "agent=Ann", ["Ann"]],
    ["contacts of anybody", "contacts", "queue=loans", ["Ann"]],
  ])("for %s, in any form", async (_what, route, query, expected) => {
    const { rows } = await store.pool.query("select uuid from queue where name = 'loans'");
    const path = `/${route}?${PERIOD}&${query}`
      .replace(/agent=(\w+)/, (whole, name) => (uuidOf(name) ? `agent=${uuidOf(name)}` : whole))
      .replace("loans", rows[0].uuid);
    for (const accept of ["application/json", "text/csv", "application/vnd.apache.arrow.stream"]) {
      await store.pool.query("delete from individual_view");
      const response = await server.ask(path, manager, { headers: { accept } });
      expect(response.status).toBe(200);
      expect(await seen()).toEqual([["manager", `/${route}`, expected]]);
    }
  });

  it.each([
    ["figures by party", "metrics?by=party"],
    ["volume", "volume?"],
    ["days without an agent in them", "metrics?by=agent&from=1990-01-01&to=1990-01-02"],
  ])("not for %s", async (_what, path) => {
    const period = path.includes("from=") ? "" : `&${PERIOD}`;
    expect((await server.ask(`/${path}${period}`, manager)).status).toBe(200);
    expect(await seen()).toEqual([]);
  });

  it("not for an agent who looks at itself", async () => {
    const response = await server.ask(`/metrics?by=agent&${PERIOD}`, dee);
    expect(await response.text()).toContain("Dee");
    expect(await seen()).toEqual([]);
  });

  it("for a vendor: its own people, and nobody that it asked for and did not see", async () => {
    await server.ask(`/metrics?by=agent&${PERIOD}`, vendor);
    await server.ask(`/metrics?agent=${uuidOf("Ann")}&${PERIOD}`, vendor);
    expect(await seen()).toEqual([["vendor", "/metrics", ["Cai", "Dee"]]]);
  });

  it("once a question and hour, with what was asked", async () => {
    for (let i = 0; i < 3; i++) await server.ask(`/metrics?by=agent&${PERIOD}`, manager);
    await server.ask(`/metrics?by=agent&${PERIOD}`, planner);
    await server.ask(`/metrics?by=agent&${PERIOD}&threshold=30`, manager);
    const rows = await kept();
    expect(rows.map(({ role, question }) => [role, question.threshold])).toEqual([
      ["manager", 30],
      ["planner", 20],
      ["manager", 20],
    ]);
    expect(rows[0]?.question).toMatchObject({ by: ["agent"], ...DAYS });
    // The clock stands still; what was kept an hour ago is another row.
    await store.pool.query("update individual_view set at = at - interval '1 hour'");
    await server.ask(`/metrics?by=agent&${PERIOD}`, manager);
    expect(await kept()).toHaveLength(4);
  });

  it("in one row for all pages of an answer", async () => {
    let cursor = "";
    do {
      const page = await server.ask(`/contacts?${PERIOD}&limit=10${cursor}`, manager);
      const { next } = (await page.json()) as { next: string | null };
      cursor = next === null ? "" : `&cursor=${encodeURIComponent(next)}`;
    } while (cursor !== "");
    expect(await seen()).toEqual([["manager", "/contacts", NAMES]]);
  });

  it("or there is no answer", async () => {
    await store.pool.query("alter table individual_view rename to away");
    try {
      const response = await server.ask(`/metrics?by=agent&${PERIOD}`, manager);
      const text = await response.clone().text();
      expect(await problemIn(response)).toMatchObject({ status: 500 });
      expect(text).not.toMatch(FOUND_NAMES);
      expect((await server.ask(`/metrics?by=party&${PERIOD}`, manager)).status).toBe(200);
    } finally {
      await store.pool.query("alter table away rename to individual_view");
    }
  });

  it("by every route whose answer names an agent", async () => {
    // States are no figures of a person; the log itself is not looked at for figures.
    const others = ["/live", "/session", "/individual-views"];
    const reads = server.mounted.filter(
      (one): one is MountedRoute =>
        one.kind === "route" &&
        one.route.method === "get" &&
        !one.route.path.includes("{") &&
        !one.route.path.startsWith("/accounts") &&
        !others.includes(one.route.path),
    );
    expect(reads.length).toBeGreaterThan(8);
    for (const { route } of reads) {
      await store.pool.query("delete from individual_view");
      const query = `${PERIOD}&by=agent&metric=meanHandleSeconds`;
      const text = await (await server.ask(`${route.path}?${query}`, administrator)).text();
      const named = [...new Set(text.match(FOUND_NAMES))].sort();
      expect((await kept()).flatMap((row) => row.agents.map(({ name }) => name))).toEqual(named);
    }
  });
});

describe("the log", () => {
  it("is searched by who looked, at whom, and when", async () => {
    await server.ask(`/metrics?by=agent&${PERIOD}`, vendor);
    await server.ask(`/spread?metric=meanHandleSeconds&${PERIOD}`, manager);
    const accounts = await server.ask("/accounts", administrator);
    const { rows } = (await accounts.json()) as { rows: { id: string; role: string }[] };
    const managerId = rows.find(({ role }) => role === "manager")?.id;
    const roles = async (query: string) => (await kept(query)).map(({ role }) => role);
    expect(await roles(`agent=${uuidOf("Cai")}`)).toEqual(["manager", "vendor"]);
    expect(await roles(`agent=${uuidOf("Ann")}`)).toEqual(["manager"]);
    expect(await roles("agent=01900000-0000-7000-8000-000000000000")).toEqual([]);
    expect(await roles(`user=${managerId}`)).toEqual(["manager"]);
    const today = NOW.toISOString().slice(0, 10);
    expect(await roles(`from=${today}`)).toEqual(["manager", "vendor"]);
    expect(await roles(`to=${today}`)).toEqual([]);
    const first = await server.ask("/individual-views?limit=1", administrator);
    const { next } = (await first.json()) as { next: string };
    expect(await roles(`limit=1&cursor=${next}`)).toEqual(["vendor"]);
  });

  it("goes as a file, with a link to its next page", async () => {
    await server.ask(`/metrics?by=agent&${PERIOD}`, vendor);
    await server.ask(`/metrics?by=agent&${PERIOD}`, manager);
    const headers = { accept: "text/csv" };
    const file = await server.ask("/individual-views?limit=1", administrator, { headers });
    expect(file.headers.get("link")).toContain('rel="next"');
    expect((await file.text()).split("\n")[0]).toBe(
      "at,user,role,route,agents,agentCount,question",
    );
  });

  it("is for administrators", async () => {
    for (const token of [manager, planner, vendor, dee]) {
      expect(await problemIn(await server.ask("/individual-views", token))).toMatchObject({
        status: 403,
      });
    }
  });
});

describe("names", () => {
  const PATHS = [
    `/metrics?by=agent&${PERIOD}`,
    `/spread?metric=meanHandleSeconds&${PERIOD}`,
    `/contacts?${PERIOD}&limit=1000`,
  ];
  /** The last six digits of an id, as `pseudonymOf` says. */
  const pseudonyms = (word: string) =>
    agents.map(({ uuid }) => `${word} ${uuid.slice(-6).toUpperCase()}`).sort();

  it.each(PATHS)("are not in what a planner sees of %s, in any form", async (path) => {
    for (const accept of ["application/json", "text/csv", "application/vnd.apache.arrow.stream"]) {
      const headers = { accept };
      const text = await (await server.ask(path, planner, { headers })).text();
      // The words of a source's own ids are the centre's: here they begin with the agent's name.
      expect(text.replaceAll(/(Ann|Ben|Cai|Dee)-\d+/g, "")).not.toMatch(FOUND_NAMES);
      const found = [...new Set(text.match(/Agent [0-9A-F]{6}/g))].sort();
      expect(found).toEqual(pseudonyms("Agent"));
    }
  });

  it.each(PATHS)("are in what those see of %s who answer for people", async (path) => {
    for (const [token, names] of [
      [administrator, NAMES],
      [manager, NAMES],
      [vendor, ["Cai", "Dee"]],
    ] as const) {
      const text = await (await server.ask(path, token)).text();
      expect([...new Set(text.match(/(?<=")(Ann|Ben|Cai|Dee)(?=")/g))].sort()).toEqual(names);
    }
  });

  it("are replaced in the reader's language", async () => {
    const headers = { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" };
    const text = await (await server.ask(PATHS[0] as string, planner, { headers })).text();
    expect([...new Set(text.match(/坐席 [0-9A-F]{6}/g))].sort()).toEqual(pseudonyms("坐席"));
  });

  it("are not in a planner's live picture, nor in its stream", async () => {
    const body = JSON.stringify({ pool: "own", capacity: { call: 1 }, capacityTotal: 1 });
    const path = `/agents/${uuidOf("Ann")}/presence`;
    const signedOn = await server.ask(path, administrator, { method: "POST", body });
    expect(signedOn.status, await signedOn.clone().text()).toBe(200);
    const called = `Agent ${uuidOf("Ann").slice(-6).toUpperCase()}`;
    const live = await (await server.ask("/live", planner)).json();
    expect(live).toMatchObject({ agents: [{ id: uuidOf("Ann"), name: called }] });
    expect(await (await server.ask("/live", manager)).json()).toMatchObject({
      agents: [{ name: "Ann" }],
    });
    const stream = await server.ask("/live/events?lang=zh", planner);
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    expect(first).toContain(called.replace("Agent", "坐席"));
    expect(first).not.toMatch(FOUND_NAMES);
  });

  it("are shown to whom the session says so", async () => {
    const sees = async (token: string) =>
      ((await (await server.ask("/session", token)).json()) as { seesNames: boolean }).seesNames;
    expect(await Promise.all([administrator, manager, vendor, dee, planner].map(sees))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
