/**
 * Names with markup, from right to left, of several code points a sign: what a log and the organisation
 * call people comes out of CSV, Arrow and JSON letter for letter.
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import papa from "papaparse";
import { expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { ARROW } from "../../src/http/representations.ts";
import { sheetsOf } from "../ingest/containers.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { startServer } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
const server = await startServer(store);
const manager = await server.token("manager");

const NAMES = [
  `<b>Ann</b> & "Co", <script>alert('x')</script>`,
  "خدمة العملاء \u200Fشركة\u200F",
  "\u202Eevil\u202C txt.exe",
  "👩🏽‍💻 Zoë 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  // Both forms of é stay what they are, and are two people.
  "Ren\u00E9",
  "Rene\u0301",
  "张伟 / 張偉 𠮷",
  "Müller; O'Brien\\n",
].sort();

const common = {
  ...{ zone: "UTC", installationKey: new Uint8Array(32).fill(3), owner: "test" },
  now: () => new Date("2026-03-20T00:00:00Z"),
};

it("come out as they went in", async () => {
  const people = join(folder, "people.csv");
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const agents = NAMES.map((name) => `${quoted(name)},ai`);
  await writeFile(people, ["agent,kind", ...agents].join("\n"));
  const organisation = { ...common, file: people, format: "organisation", source: "people" };
  expect(await importFile(store, organisation)).toMatchObject({ accepted: NAMES.length });
  const rows = NAMES.map((name, at) => [`c${at}`, "2026-03-10T10:00:00Z", name]);
  const table = [["id", "at", "agent"], ...rows];
  const fields = { externalId: "id", arrivedAt: "at", agent: "agent" };
  for (const [file, content] of [
    ["calls.csv", Buffer.from(papa.unparse(table))],
    ["calls.xlsx", await sheetsOf({ Calls: table })],
  ] as const) {
    await writeFile(join(folder, file), content);
    const wish = { ...common, file: join(folder, file), format: "table", source: "calls" };
    const report = await importFile(store, { ...wish, mapping: { record: "contact", fields } });
    const taken = file === "calls.csv" ? { accepted: NAMES.length } : { duplicates: NAMES.length };
    expect(report, file).toMatchObject(taken);
  }
  const known = await store.pool.query("select name from agent");
  expect(known.rows.map(({ name }) => name).sort()).toEqual(NAMES);
  const ask = (accept: string) =>
    server.ask("/contacts?from=2026-03-10&to=2026-03-11", manager, { headers: { accept } });
  const csv = papa.parse<{ agent: string }>(await (await ask("text/csv")).text(), { header: true });
  expect(csv.data.flatMap(({ agent }) => agent ?? []).sort()).toEqual(NAMES);
  const arrow = tableFromIPC(new Uint8Array(await (await ask(ARROW)).arrayBuffer()));
  expect([...(arrow.getChild("agent") ?? [])].sort()).toEqual(NAMES);
  const json = (await (await ask("application/json")).json()) as { rows: { agent: string }[] };
  expect(json.rows.map(({ agent }) => agent).sort()).toEqual(NAMES);
});
