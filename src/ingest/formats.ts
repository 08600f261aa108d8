/**
 * The log formats there are, by the name that `--format` takes.
 */

import { inputError } from "../domain/shared/errors.ts";
import { anonymousBank } from "./anonymous-bank.ts";
import { asteriskQueueLog } from "./asterisk-queue-log.ts";
import { eventLog } from "./event-log.ts";
import type { Format } from "./format.ts";
import { table } from "./table.ts";

export const FORMATS: readonly Format[] = [anonymousBank, asteriskQueueLog, eventLog, table];

/** @throws InputError `unknown_format`, with the names there are. */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found;
  const expected = `one of ${FORMATS.map((format) => format.name).join(", ")}`;
  throw inputError({ code: "unknown_format", path: "format", value: name, expected });
}
