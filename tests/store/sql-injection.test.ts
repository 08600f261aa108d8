/** Hostile texts through every door: they change nothing, and what is stored comes back verbatim. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { takeOrganisation } from "../../src/flows/save-organisation.ts";
import { temporaryDirectory } from "../http/folder.ts";
import { NOW, startServer, takeCentre } from "../http/support.ts";
import { testDatabase } from "../support/database.ts";
import { schemaDump } from "../support/schema-dump.ts";

/** Quotes, comments, dollars, escapes of COPY and of LIKE, placeholders, scripts of many kinds. */
const HOSTILE = [
  "'; drop table contact; --",
  '"; delete from task; --',
  "') or 1=1; --",
  "$$; drop table task; $$",
  "$1 #{name} :name ?",
  "\\'; drop table agent; --",
  "\\N",
  "\\.",
  "%_%\\%",
  "/* comment */ -- and",
  '{"a": "b"}',
  "{a,b,NULL}",
  "客服 🙂 ÅÅ \u200f\u202e",
  "null",
  "x\ty",
] as const;

const folder = temporaryDirectory();
const store = await testDatabase();
await takeCentre(store, folder);
const server = await startServer(store);
const manager = await server.token("administrator");

/** How many rows each table has, and the schema. */
async function state(): Promise<{ schema: string; rows: Record<string, number> }> {
  const { rows } = await store.pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const counted = await store.pool.query(`select count(*)::int as count from "${name}"`);
    counts[name] = counted.rows[0].count;
  }
  return { schema: await schemaDump(store.pool), rows: counts };
}

describe("reading", () => {
  /** Every text of a query of every reading route. */
  const inputs: readonly [path: string, names: readonly string[]][] = [
    [
      "/metrics",
      ["from", "to", "party", "team", "queue", "agent", "channel", "by", "asOf", "threshold"],
    ],
    ["/spread", ["metric", "party", "agent", "from"]],
    ["/volume", ["queue", "channel", "to", "threshold"]],
    ["/contacts", ["cursor", "limit", "agent", "queue"]],
    ["/tasks", ["state", "cursor", "limit"]],
    ["/job-runs", ["job", "state", "cursor", "limit"]],
  ];

  it.each(inputs)("%s takes no text for SQL", async (path, names) => {
    const before = await state();
    for (const text of HOSTILE) {
      for (const name of names) {
        const query = new URLSearchParams({ metric: "meanHandleSeconds", [name]: text });
        const { status } = await server.ask(`${path}?${query}`, manager);
        // `job` may be any text; everything else has a form that these have not.
        expect([200, 400], `${name}=${text}`).toContain(status);
        if (status === 200) expect(name).toBe("job");
      }
    }
    expect(await state()).toEqual(before);
  });

  it.each(["/tasks/", "/agents/", "/jobs/", "/job-runs/", "/assignments/"])(
    "%s… takes no name in a path for SQL",
    async (path) => {
      const rest: Readonly<Record<string, [string, string]>> = {
        "/tasks/": ["GET", ""],
        "/agents/": ["DELETE", "/presence"],
        "/jobs/": ["POST", "/runs"],
        "/job-runs/": ["POST", "/stop"],
        "/assignments/": ["POST", "/accept"],
      };
      const [method, tail] = rest[path] as [string, string];
      const before = await state();
      for (const text of HOSTILE) {
        const address = `${path}${encodeURIComponent(text)}${tail}`;
        const { status } = await server.ask(address, manager, { method });
        expect(status, address).toBe(404);
      }
      expect(await state()).toEqual(before);
    },
  );

  it("a cursor made by hand is refused or harmless", async () => {
    const before = await state();
    const base = { arrivedAt: NOW.toISOString(), sourceId: 1, externalId: "a" };
    const cursors: readonly object[] = [
      ...HOSTILE.map((externalId) => ({ ...base, externalId })),
      ...HOSTILE.map((arrivedAt) => ({ ...base, arrivedAt })),
      { ...base, sourceId: 1e12 },
      { ...base, sourceId: "1; drop table contact" },
      { ...base, externalId: "\0" },
      { ...base, arrivedAt: "+275760-09-13T00:00:00.000Z" },
    ];
    for (const cursor of cursors) {
      const text = Buffer.from(JSON.stringify(cursor)).toString("base64url");
      const { status } = await server.ask(`/contacts?cursor=${text}`, manager);
      expect([200, 400], JSON.stringify(cursor)).toContain(status);
    }
    expect(await state()).toEqual(before);
  });
});

describe("writing", () => {
  it("keeps the texts of tasks as they are", async () => {
    const before = await state();
    const tasks = HOSTILE.map((text) => ({
      key: text,
      kind: text,
      channel: "call",
      detail: { [text]: text, list: [text] },
    }));
    const body = JSON.stringify({ tasks });
    const made = await server.ask("/tasks", manager, { method: "POST", body });
    const { tasks: answered } = (await made.json()) as { tasks: { id: string; key: string }[] };
    expect(answered.map(({ key }) => key)).toEqual([...HOSTILE]);
    for (const [index, { id }] of answered.entries()) {
      const task = await (await server.ask(`/tasks/${id}`, manager)).json();
      expect(task).toMatchObject({ kind: HOSTILE[index], detail: tasks[index]?.detail });
    }
    const after = await state();
    const expected = { ...before.rows, task: (before.rows.task ?? 0) + HOSTILE.length };
    expect(after).toEqual({ schema: before.schema, rows: expected });
  });

  it("knows no skill of such a name, and makes nothing", async () => {
    const before = await state();
    for (const skill of HOSTILE) {
      const body = JSON.stringify({ tasks: [{ kind: "a", channel: "call", skill }] });
      const { status } = await server.ask("/tasks", manager, { method: "POST", body });
      expect(status, skill).toBe(400);
    }
    expect(await state()).toEqual(before);
  });

  it("keeps names of an organisation as they are", async () => {
    // A name has no spaces around it and no tab is meant; what is inside is anybody's.
    const names = HOSTILE.map((text) => text.trim());
    const before = await state();
    const file = join(folder, "hostile.json");
    const people = {
      parties: names.map((name) => ({ name, kind: "vendor" })),
      teams: names.map((name) => ({ party: name, name })),
      skills: names,
      assistants: names,
      queues: names,
      agents: names.map((name) => ({ name })),
      costRates: [],
    };
    await writeFile(file, JSON.stringify(people));
    await takeOrganisation(store, { file, zone: "UTC", site: "Test" });
    for (const table of ["party", "team", "skill", "assistant", "queue", "agent"]) {
      const { rows } = await store.pool.query<{ name: string }>(`select name from "${table}"`);
      expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    }
    expect((await state()).schema).toBe(before.schema);
  });

  it("keeps the texts of imported rows as they are", async () => {
    const before = await state();
    const file = join(folder, "hostile.jsonl");
    const rows = HOSTILE.map((text, i) => ({
      id: `${text}#${i}`,
      agent: `${text}@`,
      queue: `${text}!`,
      at: "2026-03-10 10:00:00",
      outcome: "handled",
      reason: text,
    }));
    await writeFile(file, `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`);
    const report = await importFile(store, {
      file,
      format: "table",
      source: "'; drop table source; --",
      mapping: {
        record: "contact",
        zone: "UTC",
        fields: {
          externalId: "id",
          channel: { constant: "call" },
          agent: "agent",
          queue: "queue",
          reason: "reason",
          arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm:ss" },
          outcome: "outcome",
        },
      },
      zone: "UTC",
      installationKey: new Uint8Array(32),
      owner: "'; --",
      now: () => NOW,
    });
    expect(report).toMatchObject({ rows: HOSTILE.length });
    const found = await store.pool.query(
      `select external_id as id, agent.name as agent, queue.name as queue, reason from contact
       join source on source.id = source_id join agent on agent.id = agent_id
       join queue on queue.id = queue_id where source.name = $1`,
      [report.source],
    );
    const { rows: rejected } = await store.pool.query("select raw, code from reject");
    expect(found.rows.length + rejected.length).toBe(HOSTILE.length);
    // What is taken is taken whole, blanks at the ends aside; what is not is kept whole.
    for (const row of found.rows) {
      const given = rows.find(({ id }) => id === row.id);
      expect(row).toEqual({
        id: given?.id,
        agent: given?.agent,
        queue: given?.queue,
        reason: given?.reason,
      });
    }
    for (const { raw } of rejected) expect(rows.map((row) => JSON.stringify(row))).toContain(raw);
    expect(found.rows.length).toBeGreaterThan(HOSTILE.length / 2);
    expect((await state()).schema).toBe(before.schema);
  });
});
