/**
 * A file tried by a mapping, with nothing written: its first rows as records, how many would be taken, why
 * the others would not, and what is wrong with the mapping itself.
 */

import { type Fault, InputError } from "../../domain/shared/errors.ts";
import { moneyText } from "../../domain/shared/money.ts";
import type { FactRecord, Reject } from "../../domain/shared/records.ts";
import { type ZoneClock, zoneClock } from "../../domain/shared/zone.ts";
import type { ParsedBlock, TakenRow } from "../../ingest/format.ts";
import { formatNamed, ORGANISATION } from "../../ingest/formats.ts";
import { readFormatFile } from "../../ingest/read-file.ts";
import type { Store } from "../../store/connection.ts";
import { tryOrganisationFile } from "./take-organisation.ts";

export interface TrialWish {
  readonly format: string;
  readonly mapping: unknown;
  readonly zone: string | null;
  readonly encoding?: string | undefined;
  readonly signal: AbortSignal;
}

/** A record by our names of its fields; times are wall times of the zone. */
export interface TriedRow {
  readonly line: number;
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

export interface Reason {
  readonly code: string;
  readonly field: string;
  readonly count: number;
  /** The first of them. */
  readonly rows: readonly Pick<Reject, "line" | "value" | "expected" | "raw">[];
}

interface OpenReason extends Reason {
  count: number;
  readonly rows: Reason["rows"][number][];
}

export interface MappingTrial {
  readonly rows: number;
  readonly taken: number;
  readonly rejected: number;
  /** Were these all rows of the file? */
  readonly isWhole: boolean;
  readonly first: readonly TriedRow[];
  /** The most frequent first. */
  readonly reasons: readonly Reason[];
  /** Why the file cannot be read so at all, or no further. */
  readonly faults: readonly Fault[];
}

const MOST_ROWS = 5000;
const MOST_MS = 5000;
const FIRST_ROWS = 20;
const ROWS_OF_REASON = 5;
const LONGEST_RAW = 500;

export async function tryMapping(
  store: Store,
  path: string,
  wish: TrialWish,
): Promise<MappingTrial> {
  if (wish.format === ORGANISATION.name) return tryOrganisation(store, path, wish);
  const counted = { rows: 0, taken: 0, rejected: 0 };
  const first: TriedRow[] = [];
  const reasons = new Map<string, OpenReason>();
  let isWhole = false;
  let faults: readonly Fault[] = [];
  try {
    const clock = zoneClock(zoneOf(wish));
    isWhole = await eachBlock(path, wish, clock, (block) => {
      counted.rows += block.rows;
      counted.rejected += block.rejects.length;
      counted.taken += block.rows - block.rejects.length;
      for (const row of block.taken)
        if (first.length < FIRST_ROWS) first.push(...shown(row, clock));
      for (const reject of block.rejects) addReason(reasons, reject);
      return counted.rows < MOST_ROWS;
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults = error.faults;
  }
  const sorted = [...reasons.values()].sort((a, b) => b.count - a.count);
  return { ...counted, isWhole, first, reasons: sorted, faults };
}

/** All of its rows, since they stand on one another: a team on its party, a member on both. */
async function tryOrganisation(
  store: Store,
  file: string,
  { mapping, zone, encoding }: TrialWish,
): Promise<MappingTrial> {
  const whole = { isWhole: true, first: [] };
  try {
    const wish = { file, mapping, zone: zone ?? undefined, encoding };
    const { rows, rejected, rejects } = await tryOrganisationFile(store, wish);
    const reasons = new Map<string, OpenReason>();
    for (const reject of rejects) addReason(reasons, reject);
    const sorted = [...reasons.values()].sort((a, b) => b.count - a.count);
    return { ...whole, rows, taken: rows - rejected, rejected, reasons: sorted, faults: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...whole, rows: 0, taken: 0, rejected: 0, reasons: [], faults: error.faults };
  }
}

/** Without a zone the times are read as UTC, so that a mapping can be tried before it is known. */
function zoneOf({ format, mapping, zone }: TrialWish): string {
  const own = (mapping as { zone?: unknown } | null)?.zone;
  return (typeof own === "string" ? own : null) ?? zone ?? formatNamed(format).zone ?? "UTC";
}

/** True when the file was read to its end; false where `take` had enough or the time was up. */
async function eachBlock(
  path: string,
  { format, mapping, encoding, signal }: TrialWish,
  { zone }: ZoneClock,
  take: (block: ParsedBlock) => boolean,
): Promise<boolean> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)]);
  const options = { zone, mapping, encoding };
  const { blocks } = await readFormatFile(path, formatNamed(format), options);
  let isEnough = false;
  for await (const block of blocks) {
    if (isEnough && block.rows > 0) return false;
    isEnough = !take(block) || stop.aborted;
  }
  return true;
}

function addReason(
  reasons: Map<string, OpenReason>,
  { code, field, line, value, expected, raw }: Reject,
): void {
  const key = JSON.stringify([code, field]);
  const reason = reasons.get(key) ?? { code, field, count: 0, rows: [] };
  reasons.set(key, reason);
  reason.count++;
  if (reason.rows.length < ROWS_OF_REASON) {
    reason.rows.push({ line, value, expected, raw: raw.slice(0, LONGEST_RAW) });
  }
}

function shown({ line, record, also }: TakenRow, clock: ZoneClock): TriedRow[] {
  return [record, ...also].map((one) => ({ line, kind: one.kind, values: valuesOf(one, clock) }));
}

function valuesOf(record: FactRecord, clock: ZoneClock): TriedRow["values"] {
  const values: Record<string, string | number | boolean> = {};
  const { kind: _, ...rest } = record;
  for (const [name, value] of Object.entries(rest) as [string, unknown][]) {
    if (value === null || value === undefined) continue;
    if (name === "contact") Object.assign(values, referenceOf(value));
    else if (name === "milliPoints") values.score = (value as number) / 1000;
    else if (typeof value === "bigint") {
      const { currency } = record as { currency: string };
      values.amount = moneyText({ minor: value, currency });
    } else if (typeof value === "number" && /^at$|At$/.test(name)) {
      values[name] = wallText(clock.wall(value));
    } else values[name] = value as string | number | boolean;
  }
  return values;
}

function referenceOf(value: unknown): Record<string, string> {
  const { source, externalId } = value as { source: string | null; externalId: string };
  return { contact: externalId, ...(source === null ? {} : { contactSource: source }) };
}

/** To the second, and to the millisecond where there is one. */
function wallText(wall: number): string {
  return new Date(wall)
    .toISOString()
    .replace("T", " ")
    .replace(/(\.000)?Z$/, "");
}
