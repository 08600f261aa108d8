/** What comes in is checked against the contract; every fault is named. */

import type { Request } from "express";
import type { z } from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";

/** The value as the schema reads it. @throws InputError. */
export function parsed(schema: z.ZodType, value: unknown, path: string): never {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      result.error.issues.map((issue) => ({
        code: "invalid_input",
        path: [path, ...issue.path].join("."),
        expected: issue.message,
      })),
    );
  }
  checkTexts(value, path);
  return result.data as never;
}

/** The names in the path. @throws InputError where one is no text that can be stored. */
export function checkedParams(request: Request): Readonly<Record<string, string>> {
  checkTexts(request.params, "path");
  return request.params as Record<string, string>;
}

/** A zero character and half a surrogate pair: PostgreSQL can hold neither. */
const NO_TEXT = /\0|\p{Surrogate}/u;

function checkTexts(value: unknown, path: string): void {
  const faults: Fault[] = [];
  // A list instead of recursion: JSON may be nested deeper than a stack.
  const waiting: [value: unknown, path: string][] = [[value, path]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [inside, at] = next;
    if (typeof inside === "string" && NO_TEXT.test(inside)) {
      faults.push({ code: "invalid_text", path: at, expected: "Unicode text without U+0000" });
    }
    if (typeof inside !== "object" || inside === null) continue;
    for (const [name, member] of Object.entries(inside)) {
      waiting.push([name, `${at} (a name in it)`], [member, `${at}.${name}`]);
    }
  }
  if (faults.length > 0) throw new InputError(faults);
}
