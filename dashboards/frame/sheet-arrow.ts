/**
 * Rows that the page has made as an Arrow file. Fetched with its library when one is asked for. Columns
 * are laid out here: the library's own builders make code as they run, which our policy forbids.
 */

import { Bool, Float64, makeData, Table, tableToIPC, Utf8, Vector } from "apache-arrow";
import type { Sheet, SheetCell } from "./sheet.ts";

/** A bit a cell, the first in the lowest place. */
function bitsOf(cells: readonly SheetCell[], isSet: (cell: SheetCell) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [place, cell] of cells.entries()) {
    if (isSet(cell)) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
  }
  return bits;
}

function textColumn(cells: readonly SheetCell[]) {
  const encoder = new TextEncoder();
  const parts = cells.map((cell) => encoder.encode(cell === null ? "" : String(cell)));
  const valueOffsets = new Int32Array(cells.length + 1);
  for (const [place, part] of parts.entries()) {
    valueOffsets[place + 1] = (valueOffsets[place] ?? 0) + part.length;
  }
  const data = new Uint8Array(valueOffsets[cells.length] ?? 0);
  for (const [place, part] of parts.entries()) data.set(part, valueOffsets[place]);
  return { type: new Utf8(), valueOffsets, data };
}

/** Numbers where every value is one, truth values likewise, text otherwise: as the server's files. */
function vectorOf(cells: readonly SheetCell[]): Vector {
  const every = (type: string) =>
    cells.every((cell) => cell === null || typeof cell === type) &&
    cells.some((cell) => cell !== null);
  const nulls = {
    length: cells.length,
    nullCount: cells.filter((cell) => cell === null).length,
    nullBitmap: bitsOf(cells, (cell) => cell !== null),
  };
  if (every("number")) {
    const data = Float64Array.from(cells, (cell) => (typeof cell === "number" ? cell : 0));
    return new Vector([makeData({ type: new Float64(), data, ...nulls })]);
  }
  if (every("boolean")) {
    const data = bitsOf(cells, (cell) => cell === true);
    return new Vector([makeData({ type: new Bool(), data, ...nulls })]);
  }
  return new Vector([makeData({ ...textColumn(cells), ...nulls })]);
}

export function arrowOf({ header, rows }: Sheet): Uint8Array<ArrayBuffer> {
  const columns = header.map((name, place): [string, Vector] => [
    name,
    vectorOf(rows.map((row) => row[place] ?? null)),
  ]);
  return new Uint8Array(tableToIPC(new Table(Object.fromEntries(columns)), "stream"));
}
