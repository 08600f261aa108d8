/**
 * Tables of the organisation (parties, teams, agents, skills, assistants, cost rates, queues) to rows of
 * checked texts: CSV with any delimiter, XLSX, Parquet or Arrow. A row that cannot be read is a reject
 * with its line and field, as in the `table` format.
 *
 * What a row means beside the others, and whether the names in it are known, is for `organisation-rows.ts`.
 */

import { inputError } from "../domain/shared/errors.ts";
import type { Reject } from "../domain/shared/records.ts";
import { type ZoneClock, zoneClock } from "../domain/shared/zone.ts";
import { delimitedRows, type RowBlock } from "./delimited.ts";
import {
  type MemberField,
  membersOf,
  type OrganisationRecord,
  tableOfHeader,
  tablesInWords,
} from "./organisation-fields.ts";
import { type OrganisationMapping, organisationMapping } from "./organisation-mapping.ts";
import { openTable } from "./table-file.ts";
import {
  type Cells,
  columnsOf,
  type FaultSink,
  faultSink,
  placesIn,
  report,
  textSource,
} from "./table-source.ts";
import {
  amountReader,
  choiceReader,
  type FieldContext,
  instantReader,
  type Reader,
  textReader,
} from "./table-values.ts";
import { openText } from "./text.ts";

/** A row of texts: days as `2026-01-01`, prices and shares with a point; null for an empty cell. */
export interface OrganisationRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string | null>>;
  readonly raw: string;
}

export interface OrganisationTable {
  readonly record: OrganisationRecord;
  /** Fields that have a column: what is not among them is left as it is. */
  readonly mapped: ReadonlySet<string>;
  readonly rows: readonly OrganisationRow[];
  readonly rejects: readonly Reject[];
  readonly encoding: string;
}

export interface OrganisationOptions {
  /** Null where the header says what is what. */
  readonly mapping: unknown;
  /** IANA zone whose days count. */
  readonly zone: string;
  readonly encoding?: string | undefined;
}

/** They are all held, and a million people work nowhere. */
const MOST_ROWS = 200_000;
const LONGEST_NAME = 200;

/**
 * @throws InputError `unknown_table`, `invalid_mapping`, `missing_column`, `too_many_rows`, and as
 * `openTable` and `openText` do.
 */
export async function readOrganisationTable(
  file: string,
  options: OrganisationOptions,
): Promise<OrganisationTable> {
  const given = options.mapping ?? null;
  const mapping =
    given === null ? await mappingOfHeader(file, options) : organisationMapping(given);
  const clock = zoneClock(mapping.zone ?? options.zone);
  const rows: OrganisationRow[] = [];
  const rejects: Reject[] = [];
  let read: RowReader | null = null;
  const opened = await openRows(file, mapping, options.encoding);
  try {
    for await (const block of opened.blocks) {
      read ??= rowReader(mapping, placesIn(rulesOf(mapping), block.header), clock);
      rejects.push(...block.rejects);
      for (let index = 0; index < block.rows.length; index++) {
        const one = read(block, index);
        if ("code" in one) rejects.push(one);
        else rows.push(one);
      }
      if (rows.length + rejects.length > MOST_ROWS) throw tooManyRows(rows.length);
    }
  } finally {
    await opened.close();
  }
  const { encoding } = opened;
  return {
    ...{ record: mapping.record, mapped: new Set(Object.keys(mapping.fields)) },
    ...{ rows, rejects, encoding },
  };
}

function rulesOf({ fields }: OrganisationMapping) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, rule]) => [`fields.${name}`, rule] as const),
  );
}

function tooManyRows(value: number) {
  const expected = `a table of at most ${MOST_ROWS} rows`;
  return inputError({ code: "too_many_rows", path: "file", value, expected });
}

interface OpenedRows {
  readonly blocks: AsyncIterable<RowBlock>;
  readonly encoding: string;
  close(): Promise<void>;
}

async function openRows(
  file: string,
  { sheet, delimiter, fields }: Pick<OrganisationMapping, "sheet" | "delimiter" | "fields">,
  encoding: string | undefined,
): Promise<OpenedRows> {
  const table = await openTable(file, undefined);
  if (table !== null) {
    const columns = [...new Set(Object.values(fields).flatMap((rule) => columnsOf(rule)))];
    const blocks = table.rows({ sheet: sheet ?? null, columns });
    return { blocks, encoding: "utf-8", close: () => table.close() };
  }
  const text = await openText(file, { encoding });
  return {
    blocks: delimitedRows(text.text, { delimiter: delimiter ?? null }),
    get encoding() {
      return text.encoding;
    },
    close: () => text.close(),
  };
}

/** The mapping that the names of the columns are. @throws InputError `unknown_table`. */
async function mappingOfHeader(
  file: string,
  { encoding }: OrganisationOptions,
): Promise<OrganisationMapping> {
  const opened = await openRows(file, { fields: {} }, encoding);
  let header: readonly string[] = [];
  try {
    for await (const block of opened.blocks) {
      header = block.header;
      break;
    }
  } finally {
    await opened.close();
  }
  const known = tableOfHeader(header);
  if (known === null) {
    const value = header.slice(0, 50).join(", ").slice(0, 500);
    const expected = `a mapping, or the columns of one of these: ${tablesInWords()}`;
    throw inputError({ code: "unknown_table", path: "header", value, expected, line: 1 });
  }
  return organisationMapping({ record: known.record, fields: known.columns });
}

type RowReader = (block: RowBlock, index: number) => OrganisationRow | Reject;

function rowReader(
  mapping: OrganisationMapping,
  places: ReadonlyMap<string, number>,
  clock: ZoneClock,
): RowReader {
  const known = membersOf(mapping.record);
  const readers = Object.entries(mapping.fields).map(([field, rule]) => {
    const member = known[field] as MemberField;
    const source = textSource(rule, field, places);
    const { required } = member;
    const context = { field, rule, source, required, clock, decimal: mapping.decimal };
    return [field, memberReader(member, context)] as const;
  });
  return (block, index) => {
    const sink = faultSink();
    const cells = block.rows[index] as Cells;
    const values = Object.fromEntries(readers.map(([field, read]) => [field, read(cells, sink)]));
    const line = block.lines[index] as number;
    const raw = block.raw(index);
    if (!sink.found) return { line, values, raw };
    const { code, field, value, expected } = sink;
    return { line, code, field, value, expected, raw };
  };
}

function memberReader({ kind }: MemberField, context: FieldContext): Reader<string> {
  const { field, clock } = context;
  const checked =
    (read: Reader<string>, isGood: (text: string) => boolean, code: string, expected: string) =>
    (cells: Cells, sink: FaultSink) => {
      const text = read(cells, sink);
      if (text === null || sink.found || isGood(text)) return text;
      report(sink, code, field, text, expected);
      return null;
    };
  switch (kind.is) {
    case "day": {
      const instant = instantReader(context);
      return (cells, sink) => {
        const at = instant(cells, sink);
        return at === null || Number.isNaN(at) ? null : clock.day(at);
      };
    }
    case "choice":
      return choiceReader(context, kind.of);
    case "price": {
      const isPrice = (text: string) => /^\d{1,10}(\.\d{1,10})?$/.test(text);
      return checked(amountReader(context), isPrice, "invalid_number", "a price such as 3.50");
    }
    case "share": {
      const isShare = (text: string) => Number(text) > 0 && Number(text) <= 1;
      const expected = "a share above 0, at most 1";
      return checked(amountReader(context), isShare, "invalid_number", expected);
    }
    case "currency": {
      const expected = "an ISO 4217 code such as CNY";
      const isCode = (text: string) => /^[A-Z]{3}$/.test(text);
      return checked(textReader(context), isCode, "invalid_currency", expected);
    }
    case "name": {
      const expected = `a name of at most ${LONGEST_NAME} characters`;
      const isShort = (text: string) => text.length <= LONGEST_NAME;
      return checked(textReader(context), isShort, "value_too_long", expected);
    }
  }
}
