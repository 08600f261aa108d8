/** The jobs that keep the store in order: the proof of the tallies, retention, the quality report. */

import { beforeEach, describe, expect, it } from "vitest";
import { checkTallies } from "../../../src/flows/jobs/check-tallies.ts";
import { retain } from "../../../src/flows/jobs/retention.ts";
import { assessQuality } from "../../../src/flows/quality.ts";
import { testDatabase } from "../../support/database.ts";
import { call, calls, stretch } from "../import/hand-made.ts";
import { emptyStore, importRecords, storedTallies, tableDigests } from "../import/record-store.ts";

const store = await testDatabase();
beforeEach(() => emptyStore(store));

describe("the check of the tallies", () => {
  it.each([
    ["a wrong sum", "update tally_agent_day set handled = handled + 1 where agent_id <> 0"],
    ["a cell too many", "update tally_interval set starts_at = starts_at - interval '1 day'"],
    ["a cell too few", "delete from tally_agent_time"],
  ])("finds %s, says in which tally, and mends it", async (_, damage) => {
    await importRecords(store, "alpha", "UTC", [
      call("a", 1),
      call("b", 2, { agent: null, outcome: "abandoned" }),
      stretch("Ann", "paid", ["2024-03-01T08:00:00Z", "2024-03-01T16:00:00Z"]),
    ]);
    const right = await storedTallies(store);
    // Two agent-days, two quarters of an hour, one day of time.
    expect(await checkTallies(store)).toEqual({ cells: 5, differences: [] });
    await store.pool.query(damage);
    const { differences } = await checkTallies(store);
    expect(differences.map(({ tally }) => tally)).toEqual([/tally_\w+/.exec(damage)?.[0]]);
    expect(await storedTallies(store)).toEqual(right);
    expect((await checkTallies(store)).differences).toEqual([]);
  });
});

it("retention removes what has outlived its use, to the second, and no fact", async () => {
  await importRecords(store, "alpha", "UTC", [call("a", 1)]);
  const now = new Date("2024-06-01T00:00:00Z");
  const ago = (days: number, seconds: number) =>
    new Date(now.getTime() - days * 86_400_000 - seconds * 1000);
  const user = await store.pool.query(
    "insert into app_user (name, role) values ('u', 'administrator') returning id",
  );
  for (const [at, key] of [
    [ago(7, 1), "old"],
    [ago(7, -1), "young"],
  ] as const) {
    await store.pool.query(
      "insert into idempotency_key (user_id, key, request_digest, created_at) values ($1, $2, '', $3)",
      [user.rows[0].id, key, at],
    );
    await store.pool.query(
      `insert into access_token (user_id, name, token_digest, expires_at) values ($1, $2, $3, $4)`,
      [user.rows[0].id, key, Buffer.from(key), key === "old" ? ago(30, 1) : ago(30, -1)],
    );
    await store.pool.query(
      "insert into failed_sign_in (user_name, address, failed_at) values ($1, '', $2)",
      [key, at],
    );
    await store.pool.query(
      `insert into session (user_id, secret_digest, created_at, expires_at)
       values ($1, $2, $3, $3)`,
      [user.rows[0].id, Buffer.from(key), key === "old" ? ago(30, 1) : ago(30, -1)],
    );
    await store.pool.query(
      `insert into individual_view (at, user_id, route, agents, query)
       values ($1, $2, '/metrics', '{1}', '{}')`,
      [key === "old" ? ago(180, 1) : ago(180, -1), user.rows[0].id],
    );
    await store.pool.query(
      `insert into job_run (job, scheduled_for, state, finished_at, reason)
       values ('pull', $1, 'done', $2, 'by_hand')`,
      [ago(100, key === "old" ? 1 : 0), key === "old" ? ago(90, 1) : ago(90, -1)],
    );
  }
  const facts = await tableDigests(store);
  const kinds = [
    "runs",
    "idempotencyKeys",
    "failedSignIns",
    "sessions",
    "tokens",
    "individualViews",
  ];
  const each = (count: number) => Object.fromEntries(kinds.map((kind) => [kind, count]));
  expect(await retain(store, now)).toEqual(each(1));
  expect(await retain(store, now)).toEqual(each(0));
  const left = await store.pool.query("select key from idempotency_key");
  expect(left.rows).toEqual([{ key: "young" }]);
  expect(await tableDigests(store)).toEqual(facts);
});

it("the quality report is found anew each time and kept once", async () => {
  // Four weeks from Monday 4 March on, Mondays to Fridays, but for Wednesday the 13th.
  const days = Array.from({ length: 26 }, (_, at) => 4 + at).filter(
    (day) => (day - 4) % 7 < 5 && day !== 13,
  );
  const rows = days.flatMap((day) => calls(20, day));
  await importRecords(store, "alpha", "UTC", rows);
  const codes = async () =>
    (await assessQuality(store, "alpha"))
      .filter(({ code }) => code === "day_without_rows")
      .map(({ day }) => day);
  const missing = await codes();
  expect(missing).toEqual(["2024-03-13"]);
  const kept = await tableDigests(store);
  expect(await codes()).toEqual(missing);
  expect((await tableDigests(store)).quality_finding).toBe(kept.quality_finding);
  await importRecords(store, "alpha", "UTC", calls(20, 13));
  expect(await codes()).toEqual([]);
});
