/**
 * A large Parquet file and a large workbook, imported by processes of their own: what is held of them is a
 * stretch of a row group or a piece of a sheet, however long they are.
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { runMuster } from "../support/muster-process.ts";
import { testFolder } from "./bank-file.ts";

const store = await testDatabase();
const { folder, file } = testFolder();

const ROWS = 45_000;
/** Less than the texts. Without it the collector may leave them about, held by nobody. */
const SMALL_HEAP = "--max-old-space-size=150";
const GROUP_ROWS = 5000;
const MAPPING = file(
  "calls.json",
  JSON.stringify({
    record: "contact",
    zone: "UTC",
    fields: { externalId: "id", arrivedAt: "at", agent: "agent" },
  }),
);

/** A row with a note of 4 KiB, no two alike: 175 MiB of notes, packed to a tenth as sheets are. */
function rowOf(at: number): readonly [string, string, string, string] {
  const hash = (part: number) => createHash("sha256").update(`${at} ${part}`).digest("hex");
  const time = new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString();
  const note = [0, 1, 2, 3, 4, 5, 6, 7].map(hash).join("").repeat(8);
  return [`c${at}`, time, `Agent ${at % 50}`, note];
}

const HEADER = ["id", "at", "agent", "note"] as const;

function writeParquet(path: string): void {
  const text = { type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const };
  const columns = HEADER.map((name) => ({ name, ...text, repetition_type: "REQUIRED" as const }));
  const schema = [{ name: "root", num_children: HEADER.length }, ...columns];
  const writer = new ParquetWriter({ writer: fileWriter(path), schema });
  for (let from = 0; from < ROWS; from += GROUP_ROWS) {
    const rows = Array.from({ length: GROUP_ROWS }, (_, at) => rowOf(from + at));
    const columnData = HEADER.map((name, at) => ({ name, data: rows.map((row) => row[at]) }));
    writer.write({ columnData: columnData as never, rowGroupSize: GROUP_ROWS });
  }
  writer.finish();
}

async function writeWorkbook(path: string): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path });
  const sheet = workbook.addWorksheet("Calls");
  sheet.addRow([...HEADER]).commit();
  for (let at = 0; at < ROWS; at++) {
    sheet.addRow([...rowOf(at)]).commit();
    // The writer's streams empty themselves only when they get a turn.
    if (at % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  sheet.commit();
  await workbook.commit();
}

it.each([
  ["large.parquet", writeParquet],
  ["large.xlsx", writeWorkbook],
] as const)(
  "%s with 175 MiB of texts is taken within bounded memory",
  async (name, write) => {
    const path = join(folder, name);
    await write(path);
    const words = ["import", path, "--format", "table", "--map", MAPPING, "--source", name];
    const ended = await runMuster(store, [...words, "--json"], { NODE_OPTIONS: SMALL_HEAP });
    expect([ended.exit, ended.err]).toEqual([0, ""]);
    expect(ended.json()).toMatchObject({ rows: ROWS, accepted: ROWS });
    expect(ended.peakMiB).toBeLessThan(400);
  },
  180_000,
);
