/** `muster import --format organisation`: files one after the other, tried first, and what they say. */

import { expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { type ImportDocument, runMuster } from "../support/muster-process.ts";
import { testFolder } from "./bank-file.ts";

const store = await testDatabase();
const { file } = testFolder();

const PARTIES = file("parties.csv", "party,kind\nBank,client\nNorth,vendor\n");
const TEAMS = file("teams.csv", "party,team\nNorth,Cards\nSouth,Cards\n");

const run = (...words: string[]) =>
  runMuster(store, ["import", ...words, "--format", "organisation"]);

it("tries, takes, and takes nothing twice", async () => {
  const words = ["--zone", "Asia/Shanghai", "--json"];
  const sums = ({ rows, accepted, duplicates, rejected }: ImportDocument) => {
    return [rows, accepted, duplicates, rejected];
  };
  const tried = await run(PARTIES, ...words, "--dry-run");
  expect([tried.exit, sums(tried.json())]).toEqual([0, [2, 2, 0, 0]]);
  expect((await store.pool.query("select from party")).rowCount).toBe(0);
  const taken = await run(PARTIES, TEAMS, ...words);
  expect([taken.exit, sums(taken.json())]).toEqual([0, [4, 3, 0, 1]]);
  expect(taken.json().rejects).toEqual([
    {
      ...{ file: "teams.csv", line: 3, code: "unknown_name", field: "party", value: "South" },
      expected: "a party of the organisation; import the parties first",
      raw: "South,Cards",
    },
  ]);
  const again = await run(PARTIES, TEAMS);
  expect(again.out).toContain("parties.csv: 2 rows = 0 accepted + 2 duplicates");
  expect(again.out).toContain('  line 3: unknown_name: party is "South", expected a party of');
}, 60_000);

it("refuses a table that is none of its own, and --dry-run of logs", async () => {
  const fruit = await run(file("fruit.csv", "fruit,colour\npear,green\n"), "--json");
  expect(fruit.exit).toBe(2);
  expect(fruit.err).toMatch(/^unknown_table: line 1: invalid header in fruit\.csv: fruit, colour/);
  const logs = await runMuster(store, ["import", PARTIES, "--format", "table", "--dry-run"]);
  expect([logs.exit, logs.err]).toEqual([2, expect.stringContaining("--format organisation")]);
}, 60_000);
