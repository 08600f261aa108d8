/** Call logs of the bank's format, made to any length, and a folder to put them in. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { HEADER } from "../../src/ingest/bank-row.ts";

/** Ten agents, some 500 customers, a call every 7 s from 8 o'clock, 1,000 a day. */
export function bankRow(index: number): string {
  const day = new Date(Date.UTC(1999, 0, 3 + Math.floor(index / 1000)));
  const date = day.toISOString().slice(2, 10).replaceAll("-", "");
  const second = 8 * 3600 + (index % 1000) * 7;
  const clock = (at: number) =>
    `${Math.floor(at / 3600)}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`;
  const wait = index % 31;
  const talk = 60 + (index % 97);
  const [queued, answered] = [second + 5, second + 5 + wait];
  return [
    ...["AA0101", String(33_000 + index), String(1 + ((index * 7919) % 500)), "1", "PS", date],
    ...[clock(second), clock(queued), "5", clock(queued), clock(answered), String(wait)],
    ...["AGENT", clock(answered), clock(answered + talk), String(talk), `AGENT${index % 10}`],
  ].join("\t");
}

const two = (number: number) => String(number).padStart(2, "0");

export function bankText(rows: number, from = 0): string {
  const lines = Array.from({ length: rows }, (_, index) => bankRow(from + index));
  return `${[HEADER.join("\t"), ...lines].join("\n")}\n`;
}

/** A folder of the test file, and files in it. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), "muster-cli-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return { folder, file };
}
