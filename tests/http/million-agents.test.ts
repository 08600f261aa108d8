/**
 * A centre of very many agents: every list has an end that it tells of, figures over agents are of all of
 * them, a file has every row, and meanwhile the server holds little and answers others.
 */

import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as accounts from "../../src/http/contract/accounts.ts";
import * as compare from "../../src/http/contract/compare.ts";
import * as live from "../../src/http/contract/live.ts";
import * as reading from "../../src/http/contract/reading.ts";
import { ARROW } from "../../src/http/representations.ts";
import { testDatabase } from "../support/database.ts";
import {
  BUSY_AGENTS,
  DAYS,
  HANDLE_SECONDS,
  handledBy,
  nameOf,
  SIGNED_ON,
  signOnMany,
  takeManyAgents,
  VENDORS_PERCENT,
} from "../support/million-agents.ts";
import { startServer } from "./support.ts";

/** As many as pass every limit; `MUSTER_AGENTS` takes a million, or others. */
const AGENTS = Number(process.env.MUSTER_AGENTS ?? 250_000);
const MINUTES = 480_000;
/** What the server may hold beside itself: a million agents as rows take some two gigabytes. */
const MOST_BYTES = 600 * 1024 * 1024;
/** Of computing between two turns of the event loop; more of it where many tests share a processor. */
const LONGEST_TURN_MS = 800;
const PERIOD = `from=${DAYS.from}&to=${DAYS.to}`;
/** Half of the agents lie at either side of the mean: their sample variance, by hand. */
const half = (HANDLE_SECONDS.odd - HANDLE_SECONDS.even) / 2;
const SPREAD = Math.sqrt((half ** 2 * AGENTS) / (AGENTS - 1));

const store = await testDatabase({ maxConnections: 12 });
const server = await startServer(store);
const administrator = await server.token("administrator");

let longestTurn = 0;
let ticking: NodeJS.Timeout;

beforeAll(async () => {
  await takeManyAgents(store, AGENTS);
  // Computing is counted and not time: other tests may have the processor meanwhile.
  let before = process.cpuUsage();
  ticking = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    longestTurn = Math.max(longestTurn, (user + system) / 1000);
    before = process.cpuUsage();
  }, 5);
}, MINUTES);

afterAll(() => clearInterval(ticking));

async function read(path: string): Promise<unknown> {
  return JSON.parse(await textOf(path));
}

async function textOf(path: string): Promise<string> {
  const response = await server.ask(path, administrator);
  const text = await response.text();
  expect(response.status, text.slice(0, 300)).toBe(200);
  return text;
}

describe(`${AGENTS} agents`, () => {
  it(
    "are counted in every figure and listed as far as a list goes, while others are answered",
    async () => {
      const asked = Promise.all([
        textOf(`/metrics?by=agent&${PERIOD}`),
        textOf(`/spread?metric=meanHandleSeconds&${PERIOD}`),
        textOf(`/change?metric=meanHandleSeconds&${PERIOD}&againstFrom=${DAYS.from}`),
      ]);
      const waits: number[] = [];
      let isDone = false;
      const done = asked.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        const begun = performance.now();
        await read("/session");
        waits.push(performance.now() - begun);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const texts = await done;
      const turn = longestTurn;
      waits.sort((one, other) => one - other);
      const usual = waits[Math.floor(waits.length / 2)] ?? Number.NaN;
      const held = process.memoryUsage().rss;
      console.info(
        `others waited ${usual.toFixed(0)} ms, at most ${waits.at(-1)?.toFixed(0)} ms; ` +
          `longest turn ${turn.toFixed(0)} ms; ${(held / 2 ** 20).toFixed(0)} MiB held`,
      );
      expect(waits.length).toBeGreaterThan(10);
      expect(usual).toBeLessThan(1000);
      expect(turn).toBeLessThan(LONGEST_TURN_MS);
      expect(held).toBeLessThan(MOST_BYTES);

      const [metrics, spread, change] = texts.map((text): unknown => JSON.parse(text));
      const cut = { listed: reading.MOST_ROWS, of: AGENTS };
      const listed = reading.metrics.response.parse(metrics);
      expect(listed.cut).toEqual(cut);
      expect(listed.rows).toHaveLength(reading.MOST_ROWS);
      const busy = listed.rows.filter(({ handled }) => handled === handledBy(1));
      expect(busy.map(({ agent }) => agent).sort()).toEqual(
        Array.from({ length: BUSY_AGENTS }, (_, place) => nameOf(place + 1)),
      );

      const found = reading.spread.response.parse(spread);
      expect(found.cut).toEqual(cut);
      expect(found.agents).toHaveLength(reading.MOST_ROWS);
      const same = (rows: readonly { readonly [key: string]: unknown }[], key: string) =>
        new Set(rows.map((row) => row[key]));
      expect(same(found.agents, "agent")).toEqual(same(listed.rows, "agentId"));
      expect(found.overall.agents).toBe(AGENTS);
      expect(found.overall.mean).toBeCloseTo(HANDLE_SECONDS.even + half, 9);
      expect(found.overall.rawStandardDeviation).toBeCloseTo(SPREAD, 9);
      expect(found.weeks.map(({ agents }) => agents).reduce((sum, n) => sum + n)).toBe(AGENTS);

      const changed = compare.change.response.parse(change);
      expect(changed.now.n).toBe(AGENTS);
      expect(changed.now.value).toBeCloseTo(HANDLE_SECONDS.even + half, 9);
    },
    MINUTES,
  );

  it(
    "go into a file whole, a piece at a time",
    async () => {
      const [team] = (await store.pool.query("select uuid from team where name = 'Red'")).rows;
      const vendors = (AGENTS / 100) * VENDORS_PERCENT;
      const path = `/spread?metric=meanHandleSeconds&${PERIOD}&team=${team.uuid}`;
      const as = async (accept: string) => {
        const response = await server.ask(path, administrator, { headers: { accept } });
        expect(response.status).toBe(200);
        return response;
      };
      const [csv, arrow] = await Promise.all([
        as("text/csv").then((response) => response.text()),
        as(ARROW).then((response) => response.arrayBuffer()),
      ]);
      const lines = csv.trimEnd().split("\n");
      expect(lines[0]).toBe("value,low,high,n,suppressed,agent,name,party,kind,shrunken");
      expect(new Set(lines.slice(1)).size).toBe(vendors);
      const table = tableFromIPC(new Uint8Array(arrow));
      expect(table.numRows).toBe(vendors);
      const names = new Set(table.getChild("name")?.toArray() as Iterable<string>);
      expect(names.size).toBe(vendors);
    },
    MINUTES,
  );

  it("are looked at under an account that is kept, and read back by the first of them", async () => {
    const { rows } = accounts.individualViews.response.parse(await read("/individual-views"));
    const whole = rows.find(({ route, agentCount }) => {
      return route === "/metrics" && agentCount === reading.MOST_ROWS;
    });
    expect(whole?.agents).toHaveLength(accounts.MOST_NAMED);
  });

  it("are found by a search where one is to be chosen", async () => {
    const all = accounts.accountAgents.response.parse(await read("/accounts/agents"));
    expect(all).toMatchObject({ more: true });
    expect(all.rows).toHaveLength(accounts.MOST_CHOICES);
    const found = accounts.accountAgents.response.parse(
      await read(`/accounts/agents?search=${encodeURIComponent("AGENT 0076543")}`),
    );
    expect(found.rows.map(({ name }) => name)).toEqual([nameOf(76_543)]);
    expect(found.more).toBe(false);
  });

  it(
    "are all counted live, and the first by name shown",
    async () => {
      await signOnMany(store);
      const picture = live.live.response.parse(await read("/live"));
      expect(picture.agents).toHaveLength(live.MOST_LIVE_AGENTS);
      expect(picture.agents[0]?.name).toBe(nameOf(1));
      expect(picture.pools).toEqual([
        { pool: "own", signedOn: SIGNED_ON, free: SIGNED_ON / 2, working: 0, aux: SIGNED_ON / 2 },
      ]);
    },
    MINUTES,
  );
});
