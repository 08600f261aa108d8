/**
 * How large a row may be before the file is refused as none of ours, and what the refusal says.
 */

import { type InputError, inputError } from "../domain/shared/errors.ts";

export const LONGEST_ROW_CHARACTERS = 1024 * 1024;
export const MOST_COLUMNS = 2000;

/** The fault of a row beyond 1 MiB. The beginning of the row stands in it as the value. */
export function lineTooLong(line: number, beginning: string): InputError {
  return inputError({
    code: "line_too_long",
    path: "row",
    value: `${beginning.slice(0, 40)}...`,
    expected: `a row of at most ${LONGEST_ROW_CHARACTERS} characters`,
    line,
  });
}

export function tooManyColumns(line: number, columns: number): InputError {
  const expected = `a row of at most ${MOST_COLUMNS} columns`;
  return inputError({ code: "too_many_columns", path: "columns", value: columns, expected, line });
}
