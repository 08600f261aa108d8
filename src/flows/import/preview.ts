/** What a file seems to be, its first rows, and a mapping suggested for it; nothing is written. */

import { InputError } from "../../domain/shared/errors.ts";
import { formatNamed, ORGANISATION } from "../../ingest/formats.ts";
import { tableOfHeader } from "../../ingest/organisation-fields.ts";
import { type Recognised, recognise } from "../../ingest/recognise.ts";
import type { SuggestionNote } from "../../ingest/suggest/notes.ts";
import { type FileSample, readSample } from "../../ingest/suggest/sample.ts";
import {
  type NoSuggestion,
  type SuggestedField,
  suggestMapping,
} from "../../ingest/suggest/suggestion.ts";
import { timeForm } from "../../ingest/suggest/time-forms.ts";
import { tried } from "../../ingest/suggest/trial.ts";
import { mappedColumns } from "../../ingest/table.ts";
import { type TableMapping, tableMapping } from "../../ingest/table-mapping.ts";
import type { Store } from "../../store/connection.ts";
import { type SavedMapping, savedMappings } from "../../store/import/uploads.ts";

export interface PreviewWish {
  readonly sheet?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
}

export interface PreviewColumn {
  readonly name: string;
  /** Its most frequent texts among the rows sampled, and how often. */
  readonly values: readonly { readonly text: string; readonly count: number }[];
  /** How its texts are times, as a mapping says it; none where they are not. */
  readonly formats: readonly string[];
  /** A fraction of the day, as spreadsheets write a time of day. */
  readonly isDayFraction: boolean;
}

export interface Preview {
  readonly format: string;
  /** The zone such files are always in. */
  readonly zone: string | null;
  readonly container: FileSample["container"] | "lines";
  readonly encoding: string | null;
  readonly compressed: boolean;
  readonly delimiter: string | null;
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly mapping: TableMapping | null;
  /** Why each column became its field. */
  readonly fields: readonly SuggestedField[];
  readonly notes: readonly SuggestionNote[];
  /** Of each kind of record, the fields that no column fits, where none fits. */
  readonly lookedFor: NoSuggestion["lookedFor"];
  /** Sources whose mapping finds all its columns here. */
  readonly sources: readonly SavedMapping[];
}

const ROWS = 20;
const VALUES = 30;
const LONGEST_CELL = 200;

/** @throws InputError as opening a file does, `empty_file`, `unknown_sheet`. */
export async function previewFile(store: Store, path: string, wish: PreviewWish): Promise<Preview> {
  const found = await recognise(path, wish.encoding);
  const { zone } = formatNamed(found.format);
  const suggested = { mapping: null, fields: [], notes: [], lookedFor: [] };
  if (found.lines.length > 0) {
    const sources = await sourcesFor(store, found.format, []);
    return { format: found.format, zone, ...suggested, ...linesShown(found), sources };
  }
  const sample = await readSample(path, wish);
  return {
    format: isOfOrganisation(found, sample) ? ORGANISATION.name : found.format,
    zone,
    ...sampleShown(sample),
    ...(found.format === "anonymous-bank" ? suggested : await suggestionFor(sample, wish)),
    sources: await sourcesFor(store, found.format, sample.header),
  };
}

/** A log has an agent too: every column must be one of the organisation's. */
function isOfOrganisation({ format }: Recognised, { header }: FileSample): boolean {
  const known = format === "table" ? tableOfHeader(header) : null;
  return known !== null && Object.keys(known.columns).length === header.length;
}

async function suggestionFor(sample: FileSample, wish: PreviewWish) {
  const suggestion = suggestMapping(sample);
  if (!suggestion.found) {
    return { mapping: null, fields: [], notes: [], lookedFor: suggestion.lookedFor };
  }
  const { mapping, fields, notes } = (await tried(suggestion, sample.read)).suggestion;
  // A delimiter that was chosen by hand is no guess, and goes with the mapping.
  const chosen = wish.delimiter === undefined ? mapping : { ...mapping, delimiter: wish.delimiter };
  return { mapping: chosen, fields, notes, lookedFor: [] };
}

function sampleShown(sample: FileSample) {
  const { container, encoding, compressed, delimiter, sheets, sheet } = sample;
  return {
    ...{ container, encoding, compressed, delimiter, sheets, sheet },
    columns: sample.header.map((name, at) => columnAt(name, sample.rows, at)),
    rows: sample.rows.slice(0, ROWS).map((row) => row.map(cut)),
  };
}

function linesShown({ lines, encoding, compressed }: Recognised) {
  const rows = lines.map((line) => line.split("|").map(cut));
  const width = Math.max(...rows.map((row) => row.length));
  return {
    ...{
      container: "lines" as const,
      encoding,
      compressed,
      delimiter: "|",
      sheets: [],
      sheet: null,
    },
    columns: Array.from({ length: width }, (_, at) => columnAt(`${at + 1}`, rows, at)),
    rows: rows.map((row) => [...row, ...Array<string>(width - row.length).fill("")]),
  };
}

function columnAt(name: string, rows: readonly (readonly string[])[], at: number): PreviewColumn {
  const texts = rows.map((row) => (row[at] ?? "").trim()).filter((text) => text !== "");
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(cut(text), (counts.get(cut(text)) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, VALUES);
  return {
    name,
    values: sorted.map(([text, count]) => ({ text, count })),
    formats: timeForm(texts)?.formats ?? [],
    isDayFraction: counts.size > 1 && texts.every((text) => DAY_FRACTION.test(text)),
  };
}

const DAY_FRACTION = /^0?[.,]\d+$|^0$/;

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

/** Of another format, or with a column that is not here, a source is none of this file's. */
async function sourcesFor(
  store: Store,
  format: string,
  header: readonly string[],
): Promise<SavedMapping[]> {
  const known = new Set(header);
  return (await savedMappings(store.db)).filter((source) => {
    if (source.format !== "table") return source.format === format;
    const mapping = mappingOf(source.mapping);
    const columns = mapping === null ? [] : mappedColumns(mapping);
    return columns.length > 0 && columns.every((column) => known.has(column));
  });
}

/** Null for a mapping that is none any more. */
function mappingOf(given: unknown): TableMapping | null {
  try {
    return tableMapping(given);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
