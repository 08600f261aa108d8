/** The file behind `--map`. */

import { readFile } from "node:fs/promises";
import { inputError } from "../domain/shared/errors.ts";

export async function readMapping(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const fault = {
      code: "file_not_found",
      path: "--map",
      value: file,
      expected: "a readable file",
    };
    throw inputError(fault, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    const expected = `JSON (${(error as Error).message})`;
    throw inputError({ code: "invalid_json", path: "--map", value: file, expected });
  }
}

/** The zone a mapping says its times are in. */
export function zoneOfMapping(mapping: unknown): string | undefined {
  const zone = (mapping as { zone?: unknown } | null)?.zone;
  return typeof zone === "string" ? zone : undefined;
}
