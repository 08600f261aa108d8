/** The rules of suppression, each on its border, and the law that totals reveal nothing. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  agentFigureShown,
  SUPPRESSION_RULES,
  shownEstimate,
  spreadShown,
  suppressedCells,
  suppressedTable,
  thresholdFigureShown,
} from "../../../src/domain/metrics/suppression.ts";

describe("agents and teams", () => {
  it("an agent's own figure from 10 contacts, a rate from 5 worked days, a spread from 10 agents", () => {
    const figure = (contacts: number, workedDays: number) => ({ contacts, workedDays });
    expect(agentFigureShown({ measure: "per_contact", ...figure(9, 30) })).toBe(false);
    expect(agentFigureShown({ measure: "per_contact", ...figure(10, 1) })).toBe(true);
    expect(agentFigureShown({ measure: "rate_per_hour", ...figure(900, 4) })).toBe(false);
    expect(agentFigureShown({ measure: "rate_per_hour", ...figure(3, 5) })).toBe(true);
    expect(spreadShown(9)).toBe(false);
    expect(spreadShown(10)).toBe(true);
    expect(spreadShown(10, { ...SUPPRESSION_RULES, spreadAgents: 15 })).toBe(false);
  });

  it("a group's figure is held against a threshold from 10, a count always", () => {
    expect(thresholdFigureShown({ unit: "seconds", n: 9 })).toBe(false);
    expect(thresholdFigureShown({ unit: "seconds", n: 10 })).toBe(true);
    expect(thresholdFigureShown({ unit: "count", n: 2 })).toBe(true);
    const stricter = { ...SUPPRESSION_RULES, cell: 30 };
    expect(thresholdFigureShown({ unit: "share", n: 29 }, stricter)).toBe(false);
  });

  it("a suppressed estimate keeps only what it rests on", () => {
    const estimate = { value: 4, low: 3, high: 5, n: 7 };
    const hidden = { value: null, low: null, high: null, n: 7, suppressed: true };
    expect(shownEstimate(estimate, true)).toEqual(hidden);
    expect(shownEstimate(estimate, false)).toEqual({ ...estimate, suppressed: false });
  });
});

describe("cells", () => {
  // Worked by hand: small ones, the next smallest beside a lone one, more until they hold 10.
  it.each([
    ["12 40 90", "12 40 90"],
    ["3 12 40", "# # 40"],
    ["40 12 3", "40 # #"],
    ["9 9 40", "# # 40"],
    ["2 3 40 50", "# # # 50"],
    ["0 5 40 30", "0 # 40 #"],
    ["5 20 20", "# # 20"],
    ["7", "#"],
    ["0 0", "0 0"],
    ["10 0", "10 0"],
  ])("%s is shown as %s", (counts, shown) => {
    const cells = counts.split(" ").map(Number);
    const hidden = suppressedCells(cells);
    expect(cells.map((cell, at) => (hidden[at] ? "#" : cell)).join(" ")).toBe(shown);
  });

  it("a table is guarded along rows and columns", () => {
    const found = suppressedTable([
      [3, 40, 50],
      [60, 70, 80],
      [90, 100, 110],
    ]);
    // The 3, its neighbour 40 in the row, 60 in the column; 70 then guards both of those lines.
    expect(found).toEqual([
      [true, true, false],
      [true, true, false],
      [false, false, false],
    ]);
    expect(suppressedTable([])).toEqual([]);
  });

  it("what is hidden in a line is at least two cells and ten contacts, or the whole line", () => {
    const row = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const hidden = suppressedTable(rows);
        const lines = [
          ...rows.map((cells, y) => cells.map((count, x) => [count, hidden[y]?.[x]] as const)),
          ...[0, 1, 2, 3].map((x) =>
            rows.map((cells, y) => [cells[x] ?? 0, hidden[y]?.[x]] as const),
          ),
        ];
        for (const line of lines) {
          const filled = line.filter(([count]) => count > 0);
          const gone = filled.filter(([, is]) => is);
          const held = gone.reduce((total, [count]) => total + count, 0);
          for (const [count, is] of line) if (count > 0 && count < 10) expect(is).toBe(true);
          if (gone.length === 0 || gone.length === filled.length) continue;
          expect(gone.length).toBeGreaterThanOrEqual(2);
          expect(held).toBeGreaterThanOrEqual(10);
        }
      }),
    );
  });
});
