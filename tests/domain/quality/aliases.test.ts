/** Names that may be one person, and names that must not be taken for one. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { aliasFinding, aliasPairs } from "../../../src/domain/quality/aliases.ts";
import { sortedFindings } from "../../../src/domain/quality/finding.ts";
import { unknownNames } from "../../../src/domain/quality/unknown-names.ts";

const TICKETS = join(resolve(process.env.MUSTER_REAL_DATA || "../shared/data"), "tickets");

const LETTERS = "abcdefghijklmnop";

describe("aliasPairs", () => {
  it.each([
    ["García", "GARCIA", "same_letters"],
    ["O'Brien, Ana", "obrien  ana", "same_letters"],
    ["Wang Xiaoming", "ＷＡＮＧ　xiaoming", "same_letters"],
    ["van der Berg", "Vanderberg", "same_letters"],
    ["agent_07", "Agent 07", "same_letters"],
    ["Zhang Wei", "Wei Zhang", "swapped_parts"],
    ["Lopez, Maria", "Maria Lopez", "swapped_parts"],
    ["Wang Xiaomin", "Wang Xiaoming", "one_edit"],
    ["Steren", "Steran", "one_edit"],
    ["Wnag Li", "Wang Li", "one_edit"],
    ["Bension", "Bennsion", "one_edit"],
  ])("%s and %s: %s", (first, second, ground) => {
    const found = aliasPairs([first, second]);
    expect(found.map((pair) => pair.ground)).toEqual([ground]);
    expect([found[0]?.first, found[0]?.second].sort()).toEqual([first, second].sort());
  });

  it.each([
    ["short names", "Avi", "Avni"],
    ["a short part", "Chen Fang", "Chen Feng"],
    ["Chinese names", "王小明", "王小鸣"],
    ["numbered names", "R0632", "R0633"],
    ["numbered names of another length", "Agent 1001", "Agent 10011"],
    ["another first letter", "Peter", "Meter"],
    ["two slips", "Sharon", "Shaarn"],
    ["a slip in each part", "Maria Lopez", "Marie Lopes"],
    ["a part more", "Maria Lopez", "Maria Jose Lopez"],
    ["the same name twice", "Maria", "Maria"],
    ["no letters at all", "---", "..."],
  ])("leaves %s alone: %s, %s", (_, first, second) => {
    expect(aliasPairs([first, second])).toEqual([]);
  });

  it("does not care for the order of the names, and is quick with many of them", () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `Agent Number ${at}`);
    names.push("Steren", "Steran");
    expect(aliasPairs(names)).toEqual(aliasPairs([...names].reverse()));
    expect(aliasPairs(names)).toHaveLength(1);
  });
});

describe("aliasFinding", () => {
  const pair = { first: "Steran", second: "Steren", ground: "one_edit" } as const;
  const evidence = {
    firstRows: 12,
    secondRows: 900,
    sharedDays: 0,
    overlappingContacts: 0,
    firstDay: "2024-01-02",
    lastDay: "2024-03-01",
  };

  it("is about the rarer name and shows the evidence", () => {
    expect(aliasFinding(pair, evidence)).toEqual({
      code: "likely_alias",
      day: null,
      agent: "Steran",
      queue: null,
      count: 12,
      detail: { alias: "Steren", ground: "one_edit", ...evidence },
    });
  });

  it("a slip is dropped when both were busy at once, the same letters are not", () => {
    const busy = { ...evidence, overlappingContacts: 3 };
    expect(aliasFinding(pair, busy)).toBeNull();
    expect(aliasFinding({ ...pair, ground: "same_letters" }, busy)).not.toBeNull();
  });
});

describe("unknownNames", () => {
  const counts = [
    { name: "Ana", day: "2024-01-03", rows: 5 },
    { name: "Bo", day: "2024-01-03", rows: 2 },
    { name: "Bo", day: "2024-01-02", rows: 1 },
    { name: null, day: "2024-01-04", rows: 4 },
  ];

  it("finds each unknown name once, with its days, and rows without a name", () => {
    const found = unknownNames({ field: "agent", known: new Set(["Ana"]), counts });
    expect(sortedFindings(found)).toEqual([
      {
        code: "unknown_agent",
        day: "2024-01-02",
        agent: "Bo",
        queue: null,
        count: 3,
        detail: { named: true, days: 2, firstDay: "2024-01-02", lastDay: "2024-01-03" },
      },
      {
        code: "unknown_agent",
        day: "2024-01-04",
        agent: null,
        queue: null,
        count: 4,
        detail: { named: false, days: 1, firstDay: "2024-01-04", lastDay: "2024-01-04" },
      },
    ]);
  });

  it("without a list of known names only rows without a name are found", () => {
    const found = unknownNames({ field: "queue", known: null, counts });
    expect(found.map(({ code, queue, count }) => [code, queue, count])).toEqual([
      ["unknown_queue", null, 4],
    ]);
  });
});

it("takes not much longer for each of very many names, however alike they are", () => {
  const cost = (names: readonly string[]) => {
    const before = process.cpuUsage();
    const pairs = aliasPairs(names);
    const { user } = process.cpuUsage(before);
    return { pairs, microseconds: user / names.length };
  };
  // Four letters of each of two parts; and names that are one and the same but for their dots.
  const word = (n: number) => [0, 1, 2, 3].map((at) => LETTERS[(n >> (at * 4)) & 15]).join("");
  const words = Array.from(
    { length: 60_000 },
    (_, n) => `${word(n)}son ${word((n * 7919) % 65_536)}`,
  );
  const dots = Array.from({ length: 2000 }, (_, n) => `Ana${".".repeat(n)}B`);
  const few = cost(words.slice(0, 6000));
  const many = cost([...words, "Anna Schmitt", "Anna Schmidt"]);
  expect(many.pairs).toContainEqual({
    first: "Anna Schmidt",
    second: "Anna Schmitt",
    ground: "one_edit",
  });
  expect(many.microseconds).toBeLessThan(10 * few.microseconds + 100);
  // Each is held against a hundred at most, and not against all before it.
  expect(cost(dots).pairs.length).toBeLessThanOrEqual(100 * 2000);
});

describe.skipIf(!existsSync(TICKETS))("real ticket logs", () => {
  it.each([
    ["helpdesk.csv.gz", 2],
    ["bpi2013_closed_problems.csv.gz", 3],
    ["bpi2013_closed_problems.csv.gz", 5],
  ])("the numbered names of %s, column %i, are no aliases", (file, column) => {
    const lines = gunzipSync(readFileSync(join(TICKETS, file)))
      .toString()
      .split("\n")
      .slice(1);
    expect(aliasPairs(lines.map((line) => line.split(",")[column] ?? ""))).toEqual([]);
  });
});
