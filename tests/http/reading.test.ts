/** Every reading route answers as its contract says, and only what the caller may see. */

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import * as live from "../../src/http/contract/live.ts";
import * as reading from "../../src/http/contract/reading.ts";
import type { MountedRoute } from "../../src/http/mount.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { ABANDONED, CONTACTS, DAYS, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const manager = await server.token("manager");
const administrator = await server.token("administrator");
const vendor = await server.token("vendor", { party: "Lotus" });
const agent = await server.token("agent", { agent: "Dee" });

const PERIOD = `from=${DAYS.from}&to=${DAYS.to}`;
const handledBy = (party: string) =>
  CONTACTS.filter((row) => row.party === party).reduce((sum, row) => sum + row.handled, 0);
const ALL_HANDLED = handledBy("Bank") + handledBy("Lotus");

/** The answer as the contract reads it. */
async function read<R extends { readonly response: z.ZodType; readonly path: string }>(
  route: R,
  token: string,
  query = "",
): Promise<z.output<R["response"]>> {
  const response = await server.ask(`${route.path}?${query}`, token);
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(200);
  return route.response.parse(body) as z.output<R["response"]>;
}

describe("the contract", () => {
  const gets = server.mounted.filter(
    (one): one is MountedRoute =>
      one.kind === "route" && one.route.method === "get" && !one.route.path.includes("{"),
  );
  /** What a route cannot do without. */
  const QUERIES: Readonly<Record<string, string>> = {
    "/change": "metric=meanHandleSeconds",
    "/spread": "metric=meanHandleSeconds",
    // No assistant came to this centre, so the days have to be said.
    "/studies/spread": [
      "metric=meanHandleSeconds&beforeFrom=2026-03-10&beforeTo=2026-03-11",
      "afterFrom=2026-03-11&afterTo=2026-03-12",
    ].join("&"),
  };

  it("has reading routes to prove", () => {
    expect(gets.map(({ route }) => route.path)).toContain("/metrics");
  });

  it.each(gets.map(({ route }) => [route.path, route] as const))(
    "holds for %s",
    async (path, route) => {
      const query = QUERIES[path] ?? "";
      const response = await server.ask(`${path}?${query}`, administrator);
      const body = await response.json();
      expect(response.status, JSON.stringify(body)).toBe(200);
      // Not a key more than the contract names: what it does not name was not meant to be seen.
      expect(route.response.parse(body)).toEqual(body);
    },
  );

  it.each(gets.map(({ route }) => [route.path, route] as const))(
    "is kept by the empty answers of %s",
    async (path, route) => {
      const query = `${QUERIES[path] ?? ""}&from=1990-01-01&to=1990-01-02&by=agent`;
      const response = await server.ask(`${path}?${query}`, administrator);
      expect(route.response.safeParse(await response.json())).toMatchObject({ success: true });
    },
  );
});

describe("a manager", () => {
  it("sees all contacts, by party", async () => {
    const { rows } = await read(reading.metrics, manager, `${PERIOD}&by=party`);
    const byParty = Object.fromEntries(rows.map((row) => [row.party, row.handled]));
    expect(byParty).toMatchObject({ Bank: handledBy("Bank"), Lotus: handledBy("Lotus") });
  });

  it("sees what was offered by the quarter of an hour", async () => {
    const { rows } = await read(reading.volume, manager, PERIOD);
    const offered = rows.reduce((sum, row) => sum + row.offered * row.days, 0);
    expect(offered).toBeCloseTo(ALL_HANDLED + ABANDONED);
  });

  it("gets no queue figures for a party, instead of those of all", async () => {
    const { parties } = await read(reading.dimensions, manager);
    const id = parties.find(({ name }) => name === "Lotus")?.id;
    expect(await read(reading.volume, manager, `${PERIOD}&party=${id}`)).toMatchObject({
      rows: [],
    });
  });

  it("pages through the contacts, each once", async () => {
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page: z.output<typeof reading.contacts.response> = await read(
        reading.contacts,
        manager,
        `${PERIOD}&limit=7${more}`,
      );
      ids.push(...page.rows.map((row) => row.externalId));
      cursor = page.next;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(ALL_HANDLED + ABANDONED);
  });
});

describe("a vendor", () => {
  it("sees its own party's metrics only, whatever it asks for", async () => {
    const { parties } = await read(reading.dimensions, manager);
    const bank = parties.find(({ name }) => name === "Bank")?.id;
    const own = await read(reading.metrics, vendor, `${PERIOD}&by=party`);
    expect(own.rows).toMatchObject([{ party: "Lotus", handled: handledBy("Lotus") }]);
    const all = await read(reading.metrics, vendor, PERIOD);
    expect(all.rows).toMatchObject([{ handled: handledBy("Lotus") }]);
    const other = await read(reading.metrics, vendor, `${PERIOD}&by=agent&party=${bank}`);
    expect(other.rows).toEqual([]);
  });

  it("sees its own agents in the spread and behind the figures", async () => {
    const { agents } = await read(reading.spread, vendor, `${PERIOD}&metric=meanHandleSeconds`);
    expect(agents.map(({ name }) => name).sort()).toEqual(["Cai", "Dee"]);
    const { rows } = await read(reading.contacts, vendor, `${PERIOD}&limit=1000`);
    expect(rows).toHaveLength(handledBy("Lotus"));
    expect(new Set(rows.map((row) => row.agent))).toEqual(new Set(["Cai", "Dee"]));
  });

  it("sees nothing of queues, which belong to no party", async () => {
    expect(await read(reading.volume, vendor, PERIOD)).toMatchObject({ rows: [] });
    expect((await read(reading.metrics, vendor, `${PERIOD}&by=hour`)).rows).toEqual([]);
    expect(await read(live.live, vendor)).toMatchObject({ queues: [] });
    const byQueue = await read(reading.metrics, vendor, `${PERIOD}&by=queue`);
    expect(byQueue.rows).toMatchObject([
      { queue: "cards", handled: handledBy("Lotus"), serviceLevel: null },
    ]);
  });

  it("can choose among its own party, teams and queues", async () => {
    const seen = await read(reading.dimensions, vendor);
    expect(seen.parties.map(({ name }) => name)).toEqual(["Lotus"]);
    expect(seen.teams.map(({ name }) => name)).toEqual(["Red"]);
    expect(seen.queues.map(({ name }) => name)).toEqual(["cards"]);
    expect(await read(reading.session, vendor)).toMatchObject({
      role: "vendor",
      party: { name: "Lotus" },
    });
  });
});

describe("an agent", () => {
  it("sees itself", async () => {
    const dee = CONTACTS.find((row) => row.agent === "Dee")?.handled;
    const byAgent = await read(reading.metrics, agent, `${PERIOD}&by=agent`);
    expect(byAgent.rows).toMatchObject([{ agent: "Dee", handled: dee }]);
    const { rows } = await read(reading.contacts, agent, PERIOD);
    expect(rows).toHaveLength(dee as number);
    const seen = await read(reading.dimensions, agent);
    expect(seen).toMatchObject({ parties: [], teams: [], queues: [{ name: "cards" }] });
    expect(await read(reading.volume, agent, PERIOD)).toMatchObject({ rows: [] });
  });
});
