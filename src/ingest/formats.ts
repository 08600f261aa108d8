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

/** No log but who works here: its rows are no facts, and it goes its own way into the store. */
export interface OrganisationFormat {
  readonly name: "organisation";
  readonly summary: string;
  readonly zone: null;
}

export const ORGANISATION: OrganisationFormat = {
  name: "organisation",
  summary: "parties, teams, agents, skills, assistants, cost rates: a JSON document or tables",
  zone: null,
};

/** @throws InputError as `formatNamed` does. */
export function importFormat(name: string): Format | OrganisationFormat {
  return name === ORGANISATION.name ? ORGANISATION : formatNamed(name);
}

/** @throws InputError `unknown_format`, with the names there are. */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (found !== undefined) return found;
  const names = [...FORMATS, ORGANISATION].map((format) => format.name);
  const expected = `one of ${names.join(", ")}`;
  throw inputError({ code: "unknown_format", path: "format", value: name, expected });
}
