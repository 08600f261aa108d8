/** Findings and rejected rows name agents as the files do; each look at them is kept, also a planner's. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { assessQuality } from "../../src/flows/quality.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { INSTALLATION_KEY, NOW, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
await takeCentre(store, folder);
// "dee" may be Dee. The rows that name Ann, "Ben" in quotes, and somebody unknown have no date.
const file = join(folder, "more.csv");
writeFileSync(
  file,
  [
    "id,agent,at",
    "m1,dee,2026-03-11T14:00:00Z",
    "m2,dee,2026-03-11T15:00:00Z",
    "m3,Dee,2026-03-11T16:00:00Z",
    "m4,Ann,soon",
    'm5,"Ben",later',
    "m6,Annabel,2026-03-11T16:00:00Z",
    "m7,Zoe,",
    "",
  ].join("\n"),
);
await importFile(store, {
  file,
  format: "table",
  source: "more",
  mapping: {
    record: "contact",
    fields: { externalId: "id", agent: "agent", arrivedAt: { column: "at", format: "iso" } },
  },
  zone: "UTC",
  installationKey: INSTALLATION_KEY,
  owner: "test",
  now: () => NOW,
});
await assessQuality(store, "more");

const server = await startServer(store);
const administrator = await server.token("administrator");
const manager = await server.token("manager");
const planner = await server.token("planner");

beforeEach(() => store.pool.query("delete from individual_view"));

interface Kept {
  readonly role: string;
  readonly route: string;
  readonly agents: readonly { readonly name: string }[];
  readonly question: Record<string, unknown>;
}

async function kept(): Promise<Kept[]> {
  const response = await server.ask("/individual-views", administrator);
  return ((await response.json()) as { rows: Kept[] }).rows;
}

const seen = async () =>
  (await kept()).map(({ role, route, agents }) => [role, route, agents.map(({ name }) => name)]);

async function sourceId(): Promise<string> {
  return (await store.pool.query("select uuid from source where name = 'more'")).rows[0].uuid;
}

it("findings are read by name, and whom they name is kept", async () => {
  const text = await (await server.ask("/quality", planner)).text();
  expect(text).toContain('"agent":"dee"');
  // Two ways to write one name, and the one whom the organisation does not know.
  expect(await seen()).toEqual([["planner", "/quality", ["Annabel", "Dee", "dee"]]]);
});

it("rejected rows stand as in their file, and who looked at whom is kept, in any form", async () => {
  for (const accept of ["application/json", "text/csv", "application/vnd.apache.arrow.stream"]) {
    await store.pool.query("delete from individual_view");
    const response = await server.ask("/rejects?limit=50", planner, { headers: { accept } });
    expect(Buffer.from(await response.arrayBuffer()).toString()).toContain("m4,Ann,soon");
    // Annabel's row was taken, and "Ann" in her name is nobody.
    expect(await seen()).toEqual([["planner", "/rejects", ["Ann", "Ben"]]]);
  }
});

it("also where nobody in them is known, and by reason; not where there are none", async () => {
  await server.ask("/rejects?code=missing_field", manager);
  expect(await kept()).toMatchObject([
    { role: "manager", route: "/rejects", agents: [], question: { code: "missing_field" } },
  ]);
  await store.pool.query("delete from individual_view");
  const none = await server.ask("/rejects?code=no_such_reason", manager);
  expect(await none.json()).toMatchObject({ rows: [] });
  expect(await kept()).toEqual([]);
});

it("trying again shows rows too", async () => {
  const source = await sourceId();
  const path = `/sources/${source}/rejects/retry`;
  const body = JSON.stringify({ dryRun: true, code: "invalid_date" });
  const response = await server.ask(path, planner, { method: "POST", body });
  expect(response.status, await response.clone().text()).toBe(200);
  expect(await kept()).toMatchObject([
    {
      ...{ role: "planner", route: "/sources/{source}/rejects/retry" },
      agents: [{ name: "Ann" }, { name: "Ben" }],
      question: { source, code: "invalid_date" },
    },
  ]);
});

it("suspected names are kept like findings", async () => {
  await server.ask("/agent-joins", manager);
  expect(await seen()).toEqual([["manager", "/agent-joins", ["Dee", "dee"]]]);
});
