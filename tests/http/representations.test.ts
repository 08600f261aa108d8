/** The same rows as JSON, Arrow and CSV. */

import { tableFromIPC } from "apache-arrow";
import papa from "papaparse";
import { describe, expect, it } from "vitest";
import { ARROW } from "../../src/http/representations.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { DAYS, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const manager = await server.token("manager");
const PERIOD = `from=${DAYS.from}&to=${DAYS.to}`;
const as = (accept: string, path: string) => server.ask(path, manager, { headers: { accept } });

type Row = Record<string, unknown>;

async function jsonRows(path: string): Promise<Row[]> {
  const body = (await (await as("application/json", path)).json()) as Record<string, Row[]>;
  return body.rows ?? body.agents ?? [];
}

async function arrowRows(path: string): Promise<Row[]> {
  const response = await as(ARROW, path);
  expect(response.headers.get("content-type")).toBe(ARROW);
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  const names = table.schema.fields.map((field) => field.name);
  return table
    .toArray()
    .map((row: Row) => Object.fromEntries(names.map((name) => [name, row[name]])));
}

async function csvRows(
  path: string,
): Promise<{ header: string[]; rows: Record<string, string>[] }> {
  const response = await as("text/csv", path);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const text = await response.text();
  const { data, errors, meta } = papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors.filter(({ code }) => code !== "UndetectableDelimiter")).toEqual([]);
  return { header: meta.fields ?? [], rows: data };
}

const PATHS = [
  `/metrics?${PERIOD}&by=agent,day`,
  `/spread?${PERIOD}&metric=meanHandleSeconds`,
  `/volume?${PERIOD}`,
  `/contacts?${PERIOD}&limit=1000`,
];

describe("Arrow", () => {
  it.each(PATHS)("holds the rows of %s", async (path) => {
    const rows = await jsonRows(path);
    expect(rows.length).toBeGreaterThan(0);
    expect(await arrowRows(path)).toEqual(rows);
  });

  it("keeps numbers, truth values and texts apart, and null null", async () => {
    const response = await as(ARROW, `/spread?${PERIOD}&metric=meanHandleSeconds`);
    const { schema } = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    const types = Object.fromEntries(schema.fields.map(({ name, type }) => [name, String(type)]));
    expect(types).toMatchObject({ name: "Utf8", value: "Float64", suppressed: "Bool" });
  });

  it("of no rows has the columns of the contract", async () => {
    const path = "/contacts?from=1990-01-01&to=1990-01-02";
    expect(await arrowRows(path)).toEqual([]);
    expect((await csvRows(path)).header).toEqual(
      Object.keys((await jsonRows(`/contacts?${PERIOD}&limit=1`))[0] ?? {}),
    );
  });
});

describe("CSV", () => {
  it.each(PATHS)("holds the rows of %s", async (path) => {
    const rows = await jsonRows(path);
    const shown = (value: unknown) => (value === null ? "" : String(value));
    const { rows: found } = await csvRows(path);
    expect(found).toEqual(
      rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shown(value)])),
      ),
    );
  });

  it("runs no formula in a spreadsheet, and leaves negative numbers alone", async () => {
    const kinds = ["=HYPERLINK(1)", "+1", "-1", "@sum(a1)", "\tx", 'plain "quoted", 中文\nline'];
    const tasks = kinds.map((kind, i) => ({ kind, channel: "call", priority: -i, detail: { i } }));
    const body = JSON.stringify({ tasks });
    const made = await server.ask("/tasks", manager, { method: "POST", body });
    expect(made.status).toBe(201);
    const { rows } = await csvRows("/tasks");
    const byPriority = [...rows].sort((a, b) => Number(b.priority) - Number(a.priority));
    expect(byPriority.map((row) => row.kind)).toEqual([
      ...kinds.slice(0, 5).map((kind) => `'${kind}`),
      kinds[5],
    ]);
    expect(byPriority.map((row) => row.priority)).toEqual(["0", "-1", "-2", "-3", "-4", "-5"]);
    expect(byPriority.map((row) => row.detail)).toEqual(kinds.map((_, i) => `{"i":${i}}`));
    // Arrow carries texts as they are, and what is no single value as JSON.
    const arrow = await arrowRows("/tasks");
    expect(new Set(arrow.map((row) => row.kind))).toEqual(new Set(kinds));
    expect(arrow.map((row) => row.detail)).toContain('{"i":0}');
  });
});

describe("both", () => {
  it("say where the next page begins", async () => {
    const seen: unknown[] = [];
    let path: string | undefined = `/contacts?${PERIOD}&limit=50`;
    while (path !== undefined) {
      const response: Response = await as("text/csv", path);
      const text = await response.text();
      seen.push(...papa.parse(text.trim(), { header: true }).data);
      expect(response.headers.get("vary")).toContain("Accept");
      path = /^<(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toHaveLength((await jsonRows(`/contacts?${PERIOD}&limit=1000`)).length);
  });

  it("are not given where a route has no rows", async () => {
    expect((await as("text/csv", "/dimensions")).status).toBe(406);
    expect((await as("text/csv, */*;q=0.1", "/dimensions")).status).toBe(200);
  });
});
