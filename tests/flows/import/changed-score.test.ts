/** A row that is a call and its survey at once: another score for the same call replaces something. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type ImportReport, importFile } from "../../../src/flows/import/import-file.ts";
import { testDatabase } from "../../support/database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const store = await testDatabase();

const MAPPING = {
  record: "contact",
  zone: "UTC",
  fields: {
    externalId: "id",
    arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm:ss" },
    agent: "agent",
    channel: { constant: "call" },
    outcome: { constant: "handled" },
    talkSeconds: "talk",
  },
  survey: { score: { column: "score", scale: [1, 5] } },
} as const;

async function take(folder: string, name: string, rows: readonly string[]): Promise<ImportReport> {
  const file = join(folder, name);
  await writeFile(file, `id,at,agent,talk,score\n${rows.join("\n")}\n`);
  return importFile(store, {
    file,
    format: "table",
    source: "calls",
    mapping: MAPPING,
    zone: "UTC",
    installationKey: new Uint8Array(32).fill(1),
    owner: "test",
    now: () => new Date("2025-01-02T00:00:00Z"),
  });
}

it("says replaced where only the score is another", async () => {
  const folder = temporaryFolder();
  const first = ["a,2025-01-01 10:00:00,Ana,60,3", "b,2025-01-01 11:00:00,Ana,60,5"];
  expect(await take(folder, "first.csv", first)).toMatchObject({ rows: 2, accepted: 2 });
  const second = ["a,2025-01-01 10:00:00,Ana,60,4", "b,2025-01-01 11:00:00,Ana,60,5"];
  expect(await take(folder, "second.csv", second)).toMatchObject({
    rows: 2,
    accepted: 0,
    duplicates: 1,
    replaced: 1,
  });
  const { rows } = await store.pool.query(
    "select sum(surveys)::int8 as n, sum(survey_milli_points)::int8 as points from tally_agent_day",
  );
  // 4 and 5 points, in thousandths.
  expect(rows).toEqual([{ n: 2, points: 9000 }]);
});
