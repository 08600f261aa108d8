/**
 * Four real months through the real command line, beside sums that awk makes of the same text
 * (issue "The spine", done when 2).
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { recount, tableDigests } from "../flows/import/record-store.ts";
import { testDatabase } from "../support/database.ts";
import { type Ended, type MetricsDocument, runMuster } from "../support/muster-process.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { shellTable } from "./shell.ts";

const MONTHS = ["01_January", "02_February", "03_March", "04_April"].map(
  (month) => `anonymous_bank/${month}.txt.gz`,
);

describe.skipIf(REAL_DATA === null)("the bank's four months", async () => {
  const store = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), "muster-bank-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const env = { MUSTER_DATA: folder };
  const importAll = () =>
    runMuster(
      store,
      ["import", ...MONTHS.map(realFile), "--format", "anonymous-bank", "--json"],
      env,
    );
  let first: Ended;

  it("go in whole: 135,780 rows, every one accounted for", async () => {
    first = await importAll();
    expect([first.exit, first.err]).toEqual([0, ""]);
    const { rows, accepted, duplicates, replaced, rejected, files } = first.json();
    expect([rows, accepted + duplicates + replaced + rejected]).toEqual([135_780, 135_780]);
    const lines = MONTHS.map((file) => Number(shellTable(file, "tail -n +2 | wc -l")[0]?.[0]));
    expect(files.map((file: { rows: number }) => file.rows)).toEqual(lines);
    const stored = await store.pool.query<{ count: number }>(
      "select count(*)::int8 as count from contact",
    );
    // The id is line, call and day: uniq finds none of them twice.
    expect(stored.rows[0]?.count).toBe(accepted);
    expect((await recount(store)).differences).toEqual([]);
  }, 90_000);

  it("have no rows on the two days of January, and on no other, found without being told", () => {
    const quality = first.json().quality;
    const empty = quality.filter(({ code }) => code === "day_without_rows").map(({ day }) => day);
    const seen = MONTHS.flatMap((file) =>
      shellTable(file, "awk -F'\\t' 'NR > 1 { d[$6] } END { for (x in d) print x }'").flat(),
    );
    const all = Array.from({ length: 120 }, (_, at) =>
      new Date(Date.UTC(1999, 0, 1 + at)).toISOString().slice(0, 10),
    );
    const missing = all.filter((day) => !seen.includes(day.slice(2).replaceAll("-", "")));
    expect(missing).toEqual(["1999-01-11", "1999-01-12"]);
    expect(empty).toEqual(missing);
  });

  it("have the figures of each month that awk finds in the text", async () => {
    const words = ["metrics", "--from", "1999-01-01", "--to", "1999-04-30", "--by", "month"];
    const ended = await runMuster(store, [...words, "--json"], env);
    expect([ended.exit, ended.err]).toEqual([0, ""]);
    const ours = ended.json<MetricsDocument>().rows;
    expect(ours).toHaveLength(4);
    const outcomes = await store.pool.query(
      `select to_char(local_day, 'YYMM') as month, sum(handled)::int8 as handled,
         sum(abandoned)::int8 as abandoned, sum(left_before_queue)::int8 as left,
         sum(phantom)::int8 as phantom
       from tally_agent_day group by 1 order by 1`,
    );
    for (const [index, file] of MONTHS.entries()) {
      const [sums] = shellTable(file, `awk -F'\\t' '${PROGRAM}'`);
      const [agent, queued, unqueued, phantom, wait, service, within] = (sums ?? []).map(Number);
      const row = ours[index] ?? {};
      expect(row.month).toBe(`1999-0${index + 1}-01`);
      const { handled, abandoned, left, phantom: ignored } = outcomes.rows[index];
      expect([handled, abandoned, left, ignored]).toEqual([agent, queued, unqueued, phantom]);
      expect([row.handled, row.abandoned]).toEqual([agent, queued]);
      const offered = Number(agent) + Number(queued);
      expect(row.offered).toBe(offered);
      expect(row.averageSpeedOfAnswerSeconds).toBeCloseTo(Number(wait) / Number(agent), 9);
      expect(row.meanHandleSeconds).toBeCloseTo(Number(service) / Number(agent), 9);
      expect(row.serviceLevel).toBeCloseTo(Number(within) / offered, 12);
      expect(row.serviceLevelOfServed).toBeCloseTo(Number(within) / Number(agent), 12);
    }
  }, 30_000);

  it("change nothing when they come a second time", async () => {
    const before = await tableDigests(store);
    const second = await importAll();
    expect(second.exit).toBe(0);
    const { rows, accepted, duplicates, replaced, rejected, quality } = second.json();
    expect({ rows, accepted, duplicates, replaced, rejected }).toEqual({
      ...{ rows: 135_780, accepted: 0, duplicates: 135_780, replaced: 0, rejected: 0 },
    });
    expect(await tableDigests(store)).toEqual(before);
    expect(quality).toEqual(first.json().quality);
  }, 90_000);
});

/** A call that hung up queued when any of q_start, q_exit and q_time says so. */
const PROGRAM = `NR > 1 {
  q = ($10 != "0:00:00" || $11 != "0:00:00" || $12 != 0)
  if ($13 == "AGENT") { n++; wait += $12; service += $16; if ($12 <= 20) within++ }
  else if ($13 == "PHANTOM") phantom++
  else if (q) queued++
  else unqueued++
} END { print n, queued, unqueued, phantom + 0, wait, service, within }`;
