/**
 * What the columns are called where the first row is no header: the call records of Asterisk have none,
 * and their order is fixed.
 */

import { note, type SuggestionNote } from "./notes.ts";
import { timeForm } from "./time-forms.ts";

/** https://docs.asterisk.org, "CDR fields", in the order of `Master.csv`. */
const ASTERISK_CDR = [
  ...["accountcode", "src", "dst", "dcontext", "", "", "dstchannel", "lastapp", "lastdata"],
  ...["start time", "answer time", "end time", "duration", "billsec", "disposition", "amaflags"],
  ...["call id", "userfield"],
];

/** A name for every column, and what is to be said about it. */
export function headerNames(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly names: readonly string[]; readonly note: SuggestionNote | null } {
  const isData = header.some((name) => timeForm([name])?.hasDate === true);
  if (!isData) return { names: header, note: null };
  if (isAsterisk(header, rows)) {
    const names = ASTERISK_CDR.slice(0, header.length);
    return { names, note: note("asterisk_calls", {}) };
  }
  return { names: header.map(() => ""), note: note("no_header", {}) };
}

function isAsterisk(header: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (header.length < 16 || header.length > 18) return false;
  const first = rows[0] ?? header;
  const isTime = (text: string | undefined) =>
    text !== undefined && timeForm([text])?.hasDate === true;
  return (
    isTime(first[9]) && isTime(first[11]) && rows.every((row) => /^[A-Z ]+$/.test(row[14] ?? ""))
  );
}
