/**
 * Each rule against a table. Slots are minutes after midnight; the expected come from the rules'
 * text.
 */

import { describe, expect, it } from "vitest";
import { type CatchUp, type Decision, decide } from "../../src/jobs/catch-up.ts";

/** rule | now | slots due | cut off (slot×attempts) | last slot | runs | as | missed */
const TABLE = `
latest        | 600 | 600         |             | 595 | 600  | scheduled | -
latest        | 601 | 600         |             | 595 | 600  | scheduled | -
latest        | 602 | 600         |             | 595 | 600  | catch_up  | -
latest        | 600 | 590 595 600 |             | 585 | 600  | scheduled | 590 595
latest        | 604 | 590 595 600 |             | 585 | 600  | catch_up  | 590 595
latest        | 600 |             |             | 600 | none |           | -
latest        | 610 |             | 600x1       | 600 | 600  | catch_up  | -
latest        | 610 |             | 600x3       | 600 | none |           | -
latest        | 610 |             | 595x1       | 600 | none |           | -
latest        | 610 |             | 590x1 600x2 | 600 | 600  | catch_up  | -
latest        | 610 | 610         | 600x1       | 600 | 610  | scheduled | -
latest        | 610 |             |             | -   | none |           | -
each          | 600 | 590 595 600 |             | 585 | 590  | catch_up  | -
each          | 600 | 600         |             | 595 | 600  | scheduled | -
each          | 600 | 600         | 590x1 595x1 | 595 | 590  | catch_up  | -
each          | 600 | 600         | 590x3 595x2 | 595 | 595  | catch_up  | -
each          | 600 | 600         | 590x3       | 595 | 600  | scheduled | -
each          | 600 |             |             | 600 | none |           | -
record_missed | 600 | 600         |             | 595 | 600  | scheduled | -
record_missed | 601 | 590 595 600 |             | 585 | 600  | scheduled | 590 595
record_missed | 602 | 590 595 600 |             | 585 | none |           | 590 595 600
record_missed | 600 |             | 600x1       | 600 | none |           | -
`;

describe("what becomes of the slots that are due", () => {
  const rows = TABLE.trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  it.each(rows)("%s at %s: due %s, cut off %s", (...row) => {
    const [rule, now, slots, cutOff, last, run, reason, missed] = row;
    const decision = decide({
      rule: rule as CatchUp,
      now: minutes(now ?? "")[0] ?? 0,
      slots: minutes(slots ?? ""),
      cutOff: words(cutOff ?? "").map((text) => ({
        slot: minutes(text.split("x")[0] ?? "")[0] ?? 0,
        attempts: Number(text.split("x")[1]),
      })),
      lastSlot: minutes(last ?? "")[0] ?? null,
      graceSeconds: 60,
    });
    const expected: Decision = {
      run:
        run === "none"
          ? null
          : { slot: Number(run) * 60_000, reason: reason as "scheduled" | "catch_up" },
      missed: minutes(missed ?? ""),
    };
    expect(decision).toEqual(expected);
  });
});

function words(cell: string): readonly string[] {
  return cell.split(" ").filter((word) => word !== "" && word !== "-");
}

function minutes(cell: string): readonly number[] {
  return words(cell).map((word) => Number(word) * 60_000);
}
