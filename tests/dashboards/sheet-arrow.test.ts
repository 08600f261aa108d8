/** Rows made into Arrow in the browser are read again as they were, and no code is made on the way. */

import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SheetCell } from "../../dashboards/frame/sheet.ts";
import { arrowOf } from "../../dashboards/frame/sheet-arrow.ts";

const columns = (cell: fc.Arbitrary<SheetCell>) => fc.option(cell, { nil: null, freq: 3 });
const text = fc.string({ unit: "grapheme" });

test("numbers, truth values and texts come out as they went in, with what is not known", () => {
  const row = fc.tuple(columns(fc.double({ noNaN: true })), columns(fc.boolean()), columns(text));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
      const table = tableFromIPC(arrowOf({ header: ["number", "truth", "text"], rows }));
      expect(table.numRows).toBe(rows.length);
      const back = table.toArray().map((read) => [read.number, read.truth, read.text]);
      expect(back).toEqual(rows);
    }),
  );
});

test("a column of several kinds is text, and no rows are a file with its columns", () => {
  const mixed = tableFromIPC(arrowOf({ header: ["any"], rows: [[1], ["a"], [true], [null]] }));
  expect(mixed.toArray().map(({ any }) => any)).toEqual(["1", "a", "true", null]);
  const empty = tableFromIPC(arrowOf({ header: ["a", "b"], rows: [] }));
  expect(empty.schema.fields.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(empty.numRows).toBe(0);
});
