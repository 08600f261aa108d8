/**
 * JSON lines to rows of cells: one object a line, its values taken by path (`a.b.c`), so that the same
 * mapping serves JSON and CSV. Blank lines are no rows.
 *
 * A key that itself has a dot is found first (`"time:a.b"`). null and a missing key are an empty cell,
 * a list or object is its JSON. A row is rejected for a whole number too large to be held exactly (as an
 * id it would silently become another one), and for a zero character, which no database text holds.
 */

import type { Reject } from "../domain/shared/records.ts";
import type { RowBlock } from "./delimited.ts";
import { linesOf } from "./lines.ts";

/** The rows of a text; `paths` are the header. @throws InputError `line_too_long`. */
export async function* jsonRows(
  text: AsyncIterable<string>,
  paths: readonly string[],
): AsyncGenerator<RowBlock> {
  const steps = paths.map((path) => path.split("."));
  for await (const { firstLine, lines } of linesOf(text)) {
    const rows: string[][] = [];
    const places: number[] = [];
    const rejects: Reject[] = [];
    lines.forEach((raw, index) => {
      if (raw.trim() === "") return;
      const line = firstLine + index;
      const object = parsedObject(raw);
      if (object === null) {
        rejects.push(malformed(line, raw, "one JSON object a line"));
        return;
      }
      const values = paths.map((path, at) => valueAt(object, path, steps[at] ?? []));
      const at = values.findIndex((value) => valueFault(value) !== null);
      if (at === -1) {
        rows.push(values.map(cellOf));
        places.push(index);
      } else {
        const field = paths[at] ?? "row";
        rejects.push({ ...malformed(line, raw, ""), field, ...valueFault(values[at]) });
      }
    });
    yield {
      header: paths,
      rows,
      lines: places.map((place) => firstLine + place),
      rejects,
      raw: (index) => lines[places[index] as number] ?? "",
    };
  }
}

function parsedObject(raw: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(raw);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function valueAt(
  object: Readonly<Record<string, unknown>>,
  path: string,
  steps: readonly string[],
): unknown {
  if (Object.hasOwn(object, path)) return object[path];
  let value: unknown = object;
  for (const step of steps) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

function valueFault(value: unknown): { code: string; expected: string } | null {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const expected = "a number that JSON holds exactly, or the number as text";
    return { code: "unsafe_number", expected };
  }
  if (typeof value !== "string" || !value.includes("\0")) return null;
  return { code: "zero_character", expected: "a text without zero characters" };
}

function cellOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function malformed(line: number, raw: string, expected: string): Reject {
  const value = raw.slice(0, 200);
  return { line, code: "malformed_row", field: "row", value, expected, raw };
}
