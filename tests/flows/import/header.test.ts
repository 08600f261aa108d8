/** The ledger keeps the header of a table as it stood in its file: rejected rows are read again with it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { importFile } from "../../../src/flows/import/import-file.ts";
import { HEADER } from "../../../src/ingest/bank-row.ts";
import { temporaryDirectory } from "../../http/folder.ts";
import { sheetsOf } from "../../ingest/containers.ts";
import { testDatabase } from "../../support/database.ts";

const store = await testDatabase();
const folder = temporaryDirectory();

const MAPPING = {
  record: "contact",
  fields: { externalId: "Id; of call", arrivedAt: { column: "At", format: "dd.MM.yyyy HH:mm" } },
};
const EVENTS = "Case ID,Activity,Timestamp\nt1,Open,2024-01-02T09:00:00Z\nt1,Closed,never\n";

/** The header that the ledger has after an import of the file. */
async function headerOf(
  name: string,
  content: string | Buffer,
  wish: { format: string; mapping?: unknown },
) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { batch } = await importFile(store, {
    ...{ file, source: name, zone: "Asia/Jerusalem", mapping: null },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test:1", now: () => new Date() },
    ...wish,
  });
  const { rows } = await store.pool.query("select header from batch where uuid = $1", [batch]);
  return rows[0].header as string | null;
}

const CALLS = '\ufeff"Id; of call";At;Note\r\nc1;05.03.2024 09:00;ok\r\nc2;soon;no\r\n';

it.each([
  ["calls.csv", CALLS, "table", MAPPING, '"Id; of call";At;Note'],
  ["calls.csv.gz", gzipSync(CALLS), "table", MAPPING, '"Id; of call";At;Note'],
  [
    "broken.csv",
    '"Id; of call";"At\nlocal"\nc1;soon\n',
    "table",
    "At\nlocal",
    '"Id; of call";"At\nlocal"',
  ],
  ["events.csv", EVENTS, "event-log", null, "Case ID,Activity,Timestamp"],
  ["bank.txt", `${HEADER.join("\t")}\n1\t2\n`, "anonymous-bank", null, HEADER.join("\t")],
  ["queue.log", "1704100000|c1|sales|NONE|ENTERQUEUE||4711|1\n", "asterisk-queue-log", null, null],
] as const)("%s", async (name, content, format, mapping, expected) => {
  const fields = { ...MAPPING.fields, arrivedAt: { column: mapping, format: "iso" } };
  const given = typeof mapping === "string" ? { ...MAPPING, fields } : mapping;
  expect(await headerOf(name, content, { format, mapping: given })).toBe(expected);
});

it("is a line of CSV where the table is no text, and nothing for JSON lines", async () => {
  const rows = [
    ["Id; of call", "At"],
    ["c1", "soon"],
  ];
  const workbook = await sheetsOf({ Calls: rows });
  const xlsx = await headerOf("calls.xlsx", workbook, { format: "table", mapping: MAPPING });
  expect(xlsx).toBe("Id; of call,At");
  const line = `${JSON.stringify({ "Id; of call": "c1", At: "soon" })}\n`;
  expect(await headerOf("calls.jsonl", line, { format: "table", mapping: MAPPING })).toBeNull();
});
