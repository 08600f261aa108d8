/**
 * `kill -9` at chance moments of an import: what was taken stays, nothing is taken twice, facts and
 * tallies agree, and the ledger says which imports were cut off.
 */

import { expect, it } from "vitest";
import { recount, storedTallies } from "../flows/import/record-store.ts";
import { testDatabase } from "../support/database.ts";
import { runMuster, startMuster } from "../support/muster-process.ts";
import { bankText, testFolder } from "./bank-file.ts";

const ROWS = 15_000;
const store = await testDatabase();
const undisturbed = await testDatabase();
const { file } = testFolder();
const files = [file("one.txt", bankText(ROWS)), file("two.txt", bankText(ROWS, ROWS))];
const WORDS = ["import", ...files, "--format", "anonymous-bank", "--json"];

async function count(from: string): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*)::int8 as count from ${from}`,
  );
  return rows[0]?.count ?? 0;
}

/** When to strike: each waits for something to be seen in the store, then for some chance time. */
const MOMENTS: readonly (readonly [string, () => Promise<boolean>])[] = [
  ["the first batch is open", async () => (await count("batch")) > 0],
  ["a second batch is open", async () => (await count("batch")) > 1],
  ["a file is in", async () => (await count("contact")) >= ROWS],
];

it("leaves a store that a last import completes", async () => {
  const reference = await runMuster(undisturbed, WORDS);
  expect(reference.json().accepted).toBe(2 * ROWS);
  for (const [moment, reached] of MOMENTS) {
    const { child, ended } = startMuster(store, WORDS);
    let over = false;
    ended.then(() => {
      over = true;
    });
    while (!over && !(await reached())) await new Promise((resolve) => setTimeout(resolve, 2));
    const chance = Math.random() * 400;
    await new Promise((resolve) => setTimeout(resolve, chance));
    child.kill("SIGKILL");
    expect((await ended).exit, `${moment}, ${chance} ms later`).toBe("SIGKILL");
    expect((await recount(store)).differences).toEqual([]);
  }
  const before = await count("contact");
  const last = (await runMuster(store, WORDS)).json();
  expect(last).toMatchObject({ rows: 2 * ROWS, duplicates: before, replaced: 0, rejected: 0 });
  expect(last.accepted).toBe(2 * ROWS - before);
  expect(await count("contact")).toBe(2 * ROWS);
  expect(await storedTallies(store)).toEqual(await storedTallies(undisturbed));
  expect((await recount(store)).differences).toEqual([]);
  const { rows: ledger } = await store.pool.query<{ state: string; accepted: number }>(
    "select state, accepted from batch order by id",
  );
  // The last two are those of the last import; of each round killed at most one was under way.
  expect(ledger.slice(-2).map(({ state }) => state)).toEqual(["done", "done"]);
  expect(ledger.filter(({ state }) => state === "running")).toEqual([]);
  expect(ledger.filter(({ state }) => state === "interrupted").length).toBeGreaterThan(0);
  expect(ledger.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2 * ROWS);
}, 90_000);
