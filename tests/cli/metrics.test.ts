/** `muster metrics`: groups, the JSON document, exit codes. Figures by hand from 26 calls. */

import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../src/cli/program.ts";
import { calls } from "../flows/import/hand-made.ts";
import { importRecords } from "../flows/import/record-store.ts";
import { testDatabase } from "../support/database.ts";
import { type MetricsDocument, runMuster } from "../support/muster-process.ts";
import { testFolder } from "./bank-file.ts";

const store = await testDatabase();
const { folder } = testFolder();
afterEach(() => vi.restoreAllMocks());

beforeAll(async () => {
  await importRecords(store, "alpha", "Asia/Shanghai", [
    // 12 of 30 s by Ann, answered after 5 s; 9 of 60 s by Bo after 25 s; 4 gave up; 1 chat in April.
    ...calls(12, 1),
    ...calls(9, 2, { agent: "Bo", talkSeconds: 60, waitSeconds: 25, queue: "loans" }),
    ...calls(4, 2, { agent: null, outcome: "abandoned", waitSeconds: 8, queue: "loans" }),
    ...calls(1, 29, { channel: "chat", waitSeconds: 0 }),
  ]);
});

interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** The command in this process, its output caught. */
async function metrics(...words: readonly string[]): Promise<Answer> {
  let [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += text;
    return true;
  });
  const env = { DATABASE_URL: store.url, MUSTER_DATA: folder, MUSTER_KEY: "07".repeat(32) };
  const exit = await runCommand(["metrics", ...words], env);
  vi.restoreAllMocks();
  return { exit, out, err };
}

const MARCH = ["--from", "2024-03-01", "--to", "2024-03-31", "--json"];

async function rows(...by: readonly string[]): Promise<Record<string, unknown>[]> {
  const { exit, out } = await metrics(...MARCH, "--by", by.join(","));
  expect(exit).toBe(0);
  return JSON.parse(out).rows;
}

describe("groups", () => {
  it("none: the whole, with both days of the period in it", async () => {
    const [all, ...others] = await rows();
    expect(others).toEqual([]);
    expect(all).toMatchObject({ contacts: 26, offered: 26, handled: 22, abandoned: 4, agents: 2 });
    // (13 x 30 + 9 x 60) / 22, (12 x 5 + 9 x 25 + 0) / 22, 13 of 26 within 20 s, 17 with the 4.
    expect(all?.meanHandleSeconds).toBeCloseTo(930 / 22, 12);
    expect(all?.averageSpeedOfAnswerSeconds).toBeCloseTo(285 / 22, 12);
    expect([all?.serviceLevel, all?.serviceLevelWithShortAbandons]).toEqual([13 / 26, 17 / 26]);
    expect([all?.serviceLevelOfServed, all?.abandonment]).toEqual([13 / 22, 4 / 26]);
    expect(all?.serviceLevelExcludingShortAbandons).toBeCloseTo(13 / 22, 12);
  });

  it("agent and day, agents by name, calls of nobody last", async () => {
    const found = await rows("agent", "day");
    expect(found.map(({ agent, day, contacts }) => [agent, day, contacts])).toEqual([
      ["Ann", "2024-03-01", 12],
      ["Ann", "2024-03-29", 1],
      ["Bo", "2024-03-02", 9],
      [null, "2024-03-02", 4],
    ]);
    expect(found.map(({ suppressed }) => suppressed)).toEqual([false, true, true, false]);
    expect(found.map(({ meanHandleSeconds }) => meanHandleSeconds)).toEqual([30, null, null, null]);
    expect(found[0]?.agentId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("queue, channel, week, month and hour, in the site's zone", async () => {
    expect(
      (await rows("queue", "channel")).map((row) => [row.queue, row.channel, row.contacts]),
    ).toEqual([
      ["cards", "call", 12],
      ["cards", "chat", 1],
      ["loans", "call", 13],
    ]);
    // 1 March 2024 is a Friday, 29 March another: the Mondays before them.
    expect((await rows("week")).map((row) => [row.week, row.contacts])).toEqual([
      ["2024-02-26", 25],
      ["2024-03-25", 1],
    ]);
    expect((await rows("month")).map((row) => [row.month, row.contacts])).toEqual([
      ["2024-03-01", 26],
    ]);
    // 09:00 UTC is 17:00 in Shanghai.
    expect((await rows("hour")).map((row) => [row.hour, row.offered])).toEqual([[17, 26]]);
  });

  it("the period: both its days are in it, and nothing of others", async () => {
    const { out } = await metrics("--from", "2024-03-02", "--to", "2024-03-02", "--json");
    const document = JSON.parse(out);
    expect([document.from, document.to, document.zone]).toEqual([
      ...["2024-03-02", "2024-03-03", "Asia/Shanghai"],
    ]);
    expect(document.rows[0].contacts).toBe(13);
  });
});

describe("wrong input ends with 2 and says where", () => {
  it.each([
    [["--from", "2024-02-31"], /^invalid_day: invalid --from: 2024-02-31, expected a day/],
    [["--to", "tomorrow"], /^invalid_day: invalid --to: tomorrow/],
    [["--as-of", "2024-13-01"], /^invalid_day: invalid --as-of: 2024-13-01/],
    [["--from", "2024-03-02", "--to", "2024-03-01"], /^invalid_day: invalid --to: 2024-03-01/],
    [["--by", "agent,moon"], /^invalid_grouping: invalid --by: moon, expected any of agent, team/],
    [["--threshold", "25"], /^invalid_threshold: .*25, expected one of 10, 20, 30/],
    [["--threshold", "soon"], /^invalid_threshold/],
    [["--colour"], /unknown option/],
  ])("%s", async (words, why) => {
    const { exit, out, err } = await metrics(...words, "--json");
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toMatch(why);
  });
});

it("every figure of a row has its definition, and every definition its figure", async () => {
  const { definitions } = JSON.parse((await metrics("--definitions", "--json")).out);
  const [all] = await rows();
  const beside = ["agents", "currency", "suppressed"];
  const ids = definitions.map(({ id }: { id: string }) => id);
  expect(Object.keys(all ?? {}).filter((key) => !beside.includes(key))).toEqual(ids);
  for (const one of definitions) {
    expect(one).toMatchObject({ version: expect.any(Number), unit: expect.any(String) });
    for (const part of ["name", "formula", "population", "window", "nullMeans"]) {
      expect([one.id, part, one[part]?.en, one[part]?.zh]).not.toContain(undefined);
    }
  }
});

it("a process of its own prints one JSON document and nothing else, or a table for people", async () => {
  const env = { MUSTER_KEY: "07".repeat(32), MUSTER_DATA: folder };
  const ended = await runMuster(store, ["metrics", ...MARCH, "--by", "agent"], env);
  expect([ended.exit, ended.err, ended.json<MetricsDocument>().rows.length]).toEqual([0, "", 3]);
  const { out } = await metrics("--from", "2024-03-01", "--to", "2024-03-31", "--by", "queue");
  const lines = out.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[1]).toMatch(/^cards /);
});
