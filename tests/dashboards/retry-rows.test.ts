/** What came of two portions of rejected rows is what came of both. */

import { expect, test } from "vitest";
import type { Retried } from "../../dashboards/api/sources.ts";
import { takenBy, together } from "../../dashboards/pages/sources/retry-rows.ts";

const PORTION: Retried = {
  ...{ rows: 5, accepted: 1, duplicates: 1, replaced: 0, rejected: 3, saved: false },
  reasons: [
    { code: "invalid_date", field: "at", expected: "a date", count: 2 },
    { code: "wrong_columns", field: "row", expected: "3 columns", count: 1 },
  ],
  rejects: [],
  ...{ open: 9, next: "after the fifth" },
};

test("counts are added, reasons are each told once, and the end is that of the later one", () => {
  const last: Retried = {
    ...{ rows: 4, accepted: 0, duplicates: 0, replaced: 1, rejected: 3, saved: true },
    reasons: [{ code: "wrong_columns", field: "row", expected: "3 columns", count: 3 }],
    rejects: [],
    ...{ open: null, next: null },
  };
  const both = together(PORTION, last);
  expect(both).toMatchObject({
    ...{ rows: 9, accepted: 1, duplicates: 1, replaced: 1, rejected: 6 },
    ...{ saved: true, open: 9, next: null },
  });
  expect(both.reasons.map(({ code, count }) => [code, count])).toEqual([
    ["wrong_columns", 4],
    ["invalid_date", 2],
  ]);
  expect(takenBy(both)).toBe(3);
});
