/** A question that many put is answered once, never from older data, and never to whom it was not for. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { importFile } from "../../src/flows/import/import-file.ts";
import { type Answer, keepAnswers } from "../../src/http/answers.ts";
import { READERS, route } from "../../src/http/contract/route.ts";
import { mountShared } from "../../src/http/mount.ts";
import { openStore } from "../../src/store/connection.ts";
import { UNSAFE_AND_QUICK } from "../../src/store/embedded/settings.ts";
import { migrate } from "../../src/store/migrate.ts";
import { gate } from "../jobs/ledger-support.ts";
import { temporaryDirectory } from "./folder.ts";
import {
  CONTACTS,
  DAYS,
  INSTALLATION_KEY,
  MAPPING,
  NOW,
  startServer,
  takeCentre,
} from "./support.ts";

// A server of its own: what other tests write on a common one would be other data.
const folder = temporaryDirectory();
const dataFolder = join(folder, "store");
const store = await openStore({ dataFolder, settings: UNSAFE_AND_QUICK });
afterAll(() => store.close());
await migrate(store.pool);
await takeCentre(store, folder);

/** Counts the sources, and how often it was asked to; what it waits for is the test's. */
let counts = 0;
let wait: () => Promise<void> = async () => undefined;
const COUNTING = mountShared(
  route({
    method: "get",
    path: "/counted",
    summary: "",
    roles: READERS,
    query: z.object({ of: z.string().optional() }),
    response: z.object({ sources: z.number() }),
  }),
  async ({ context, query, signal }) => {
    counts += 1;
    if (query.of === "fail") throw new Error("on purpose");
    const { rows } = await context.store.db.execute<{ sources: number }>(
      sql`select count(*)::int as sources from source`,
    );
    await wait();
    signal.throwIfAborted();
    return { sources: rows[0]?.sources ?? -1 };
  },
);
const server = await startServer(store, [COUNTING]);
const tokens = {
  administrator: await server.token("administrator"),
  manager: await server.token("manager"),
  planner: await server.token("planner"),
  vendor: await server.token("vendor", { party: "Lotus" }),
  other: await server.token("vendor", { party: "Bank" }),
  colleague: await server.token("vendor", { party: "Lotus" }),
  agent: await server.token("agent", { agent: "Dee" }),
};
const { manager, administrator } = tokens;
// A token's first use is noted, which is a change of data as well.
for (const token of Object.values(tokens)) await server.ask("/session", token);

beforeEach(() => {
  counts = 0;
  wait = async () => undefined;
});

/** The second day against the first. */
const CHANGE = "from=2026-03-11&to=2026-03-12&againstFrom=2026-03-10&againstTo=2026-03-11";
const PERIOD = `from=${DAYS.from}&to=${DAYS.to}`;
const sources = async (token: string, query = "") =>
  ((await (await server.ask(`/counted?${query}`, token)).json()) as { sources: number }).sources;
const addSource = (name: string) =>
  store.pool.query(
    "insert into source (name, kind, format, site_id) select $1, 'file', '', id from site",
    [name],
  );

describe("a question of many", () => {
  it("is answered once for a hundred who ask at the same moment", async () => {
    const before = await sources(manager, "of=first");
    counts = 0;
    const all = await Promise.all(Array.from({ length: 100 }, () => sources(manager, "of=many")));
    expect(new Set(all)).toEqual(new Set([before]));
    expect(counts).toBe(1);
  });

  it("is another one with another query, and for another role", async () => {
    await sources(manager, "of=a");
    await sources(manager, "of=b");
    await sources(administrator, "of=a");
    expect(counts).toBe(3);
  });

  it("is answered to those who wait when the first who asked has gone", async () => {
    const begun = gate<void>();
    const end = gate<void>();
    wait = () => {
      begun.reach();
      return end.reached;
    };
    const leaving = new AbortController();
    const { signal } = leaving;
    const first = server.ask("/counted?of=leaving", manager, { signal }).catch(() => "gone");
    await begun.reached;
    const second = sources(manager, "of=leaving");
    leaving.abort();
    expect(await first).toBe("gone");
    end.reach();
    expect(await second).toBeGreaterThan(0);
  });

  it("is tried again after a failure", async () => {
    for (let i = 0; i < 2; i += 1) {
      expect((await server.ask("/counted?of=fail", manager)).status).toBe(500);
    }
    expect(counts).toBe(2);
  });

  it("has one tag, and whoever has the answer is sent no other", async () => {
    const path = `/metrics?${PERIOD}&by=agent`;
    const tag = (await server.ask(path, manager)).headers.get("etag") ?? "";
    // As a browser looks again; else fetch says that it wants no kept answer at all.
    const headers = { "if-none-match": tag, "cache-control": "max-age=0" };
    const again = await server.ask(path, manager, { headers });
    expect(again.status).toBe(304);
  });
});

describe("an answer", () => {
  it("is never older than the question", async () => {
    const begun = gate<void>();
    const end = gate<void>();
    wait = () => {
      begun.reach();
      return end.reached;
    };
    const before = sources(manager);
    await begun.reached;
    await addSource("while the first is being answered");
    const after = sources(manager);
    end.reach();
    expect(await after).toBe((await before) + 1);
    expect(await sources(manager)).toBe(await after);
  });

  it("knows nothing of what is not committed, and all of it when it is", async () => {
    const before = await sources(manager);
    const client = await store.pool.connect();
    try {
      await client.query("begin");
      await client.query(
        "insert into source (name, kind, format, site_id) select 'late', 'file', '', id from site",
      );
      expect(await sources(manager)).toBe(before);
      await client.query("commit");
    } finally {
      client.release();
    }
    expect(await sources(manager)).toBe(before + 1);
  });

  it.each([
    ["metrics", `/metrics?${PERIOD}`],
    ["metrics by agent", `/metrics?${PERIOD}&by=agent`],
    ["metrics by hour", `/metrics?${PERIOD}&by=hour`],
    ["the spread", `/spread?${PERIOD}&metric=meanHandleSeconds`],
    ["volume", `/volume?${PERIOD}`],
    ["a change", `/change?${CHANGE}&metric=averageSpeedOfAnswerSeconds`],
    ["quality", "/quality"],
  ])("of %s has a row that has just been imported", async (_what, path) => {
    const before = await asked(server, path, manager);
    expect(await asked(server, path, manager)).toBe(before);
    await importOne();
    const after = await asked(server, path, manager);
    expect(after).not.toBe(before);
    expect(after).toBe(await asked(await startServer(store), path, manager));
  });
});

let imported = 0;
async function importOne(): Promise<void> {
  imported += 1;
  const file = join(folder, `one-${imported}.csv`);
  const row = `one-${imported},Ann,loans,2026-03-11 15:00:00,handled,3,${1000 * imported}`;
  await writeFile(file, `id,agent,queue,at,outcome,wait,talk\n${row}\n`);
  const report = await importFile(store, {
    ...{ file, format: "table", source: "calls", mapping: MAPPING, zone: "UTC" },
    ...{ installationKey: INSTALLATION_KEY, owner: "test", now: () => NOW },
  });
  expect(report.accepted).toBe(1);
}

async function asked(
  of: { readonly ask: typeof server.ask },
  path: string,
  token: string,
): Promise<string> {
  const response = await of.ask(path, token);
  // Not every role may ask everything.
  if (![200, 403].includes(response.status)) throw new Error(`${path}: ${await response.text()}`);
  return response.text();
}

describe("whoever may see less", () => {
  const PATHS = [
    `/metrics?${PERIOD}&by=agent`,
    `/metrics?${PERIOD}&by=party`,
    `/spread?${PERIOD}&metric=meanHandleSeconds`,
    `/volume?${PERIOD}`,
    `/change?${CHANGE}&metric=averageSpeedOfAnswerSeconds`,
    "/dimensions",
    "/quality",
  ];

  it.each(PATHS)("gets of %s what it would get had nobody asked before", async (path) => {
    const callers = Object.entries(tokens);
    const cold: Record<string, string> = {};
    for (const [name, token] of callers) {
      cold[name] = await asked(await startServer(store), path, token);
    }
    const warm = async (order: readonly [string, string][]) => {
      const server = await startServer(store);
      const got: Record<string, string> = {};
      for (const [name, token] of [...order, ...order])
        got[name] = await asked(server, path, token);
      return got;
    };
    expect(await warm(callers)).toEqual(cold);
    expect(await warm(callers.toReversed())).toEqual(cold);
  });

  it("sees its own people alone where everybody's figures are kept", async () => {
    const names = async (token: string) => {
      const response = await server.ask(`/metrics?${PERIOD}&by=agent`, token);
      const { rows } = (await response.json()) as { rows: { agent: string | null }[] };
      return rows.flatMap(({ agent }) => agent ?? []);
    };
    const ofParty = (party: string) =>
      CONTACTS.filter((row) => row.party === party).map(({ agent }) => agent);
    expect(await names(manager)).toEqual(CONTACTS.map(({ agent }) => agent));
    expect(await names(tokens.vendor)).toEqual(ofParty("Lotus"));
    expect(await names(tokens.other)).toEqual(ofParty("Bank"));
    expect(await names(tokens.agent)).toEqual(["Dee"]);
    for (const name of await names(tokens.planner)) {
      expect(CONTACTS.map(({ agent }): string => agent)).not.toContain(name);
    }
  });

  it("shares with nobody, not even of its own party", async () => {
    for (const token of [tokens.vendor, tokens.colleague, tokens.vendor])
      await sources(token, "of=own");
    expect(counts).toBe(2);
  });
});

describe("who saw whom", () => {
  it("is kept of everyone who gets the same answer", async () => {
    await store.pool.query("delete from individual_view");
    const path = `/metrics?${PERIOD}&by=agent`;
    const second = await server.token("manager");
    for (const token of [manager, second, manager]) await server.ask(path, token);
    const { rows } = await store.pool.query<{ users: number; agents: number }>(
      `select count(distinct user_id)::int as users, min(cardinality(agents)) as agents
       from individual_view where route = '/metrics'`,
    );
    expect(rows).toEqual([{ users: 2, agents: CONTACTS.length }]);
  });
});

describe("what is kept", () => {
  const answer = (bytes: number): Answer => ({ json: Buffer.alloc(bytes), shown: new Set() });

  it("is never more than it may be, and the longest kept goes first", async () => {
    const answers = keepAnswers(10_000);
    for (let i = 0; i < 1000; i += 1) {
      await answers.to(`question ${i}`, store, async () => answer(900));
      expect(answers.bytes()).toBeLessThanOrEqual(10_000);
    }
    const made: string[] = [];
    const make = (question: string) =>
      answers.to(question, store, async () => {
        made.push(question);
        return answer(900);
      });
    await make("question 999");
    expect(made).toEqual([]);
    await make("question 0");
    expect(made).toEqual(["question 0"]);
  });

  it("counts long questions and those whose figures stand in it", async () => {
    const answers = keepAnswers(10_000);
    await answers.to("q".repeat(20_000), store, async () => answer(1));
    expect(answers.bytes()).toBe(0);
    const shown = new Set(Array.from({ length: 1000 }, (_, i) => `agent ${i}`));
    await answers.to("many", store, async () => ({ json: Buffer.alloc(1), shown }));
    expect(answers.bytes()).toBe(0);
    const shownIds = Array.from({ length: 2000 }, (_, i) => i);
    const json = Buffer.alloc(1);
    await answers.to("very many", store, async () => ({
      json,
      shown: new Set<string>(),
      shownIds,
    }));
    expect(answers.bytes()).toBe(0);
  });

  it("goes when data changes", async () => {
    const answers = keepAnswers(10_000);
    await answers.to("question", store, async () => answer(900));
    expect(answers.bytes()).toBeGreaterThan(900);
    await addSource("one more");
    await answers.to("other", store, async () => answer(10));
    expect(answers.bytes()).toBeLessThan(100);
  });
});
