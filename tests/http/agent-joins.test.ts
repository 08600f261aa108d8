/** Two names of one agent over HTTP: suspected, joined, taken apart; what cannot be is refused. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { assessQuality } from "../../src/flows/quality.ts";
import type { AgentJoin } from "../../src/http/contract/agent-joins.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { DAYS, INSTALLATION_KEY, NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
await takeCentre(store, folder);
/** "dee" and "Dee" are the same letters; the log writes them on the day after, and once in between. */
const file = join(folder, "more.csv");
writeFileSync(
  file,
  "id,agent,at\nm1,dee,2026-03-11T14:00:00Z\nm2,dee,2026-03-11T15:00:00Z\nm3,Dee,2026-03-11T16:00:00Z\nm4,Dee,2026-03-11T17:00:00Z\nm5,Dee,2026-03-11T17:30:00Z\n",
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
const manager = await server.token("manager");

const uuidOf = async (name: string): Promise<string> =>
  (await store.pool.query("select uuid from agent where name = $1", [name])).rows[0].uuid;
const [dee, otherDee, ann, ben] = await Promise.all(["Dee", "dee", "Ann", "Ben"].map(uuidOf));

const post = (path: string, body: object = {}, token = manager) =>
  server.ask(path, token, { method: "POST", body: JSON.stringify(body) });
const joinOf = (agent = "", into = "") => post("/agent-joins", { agent, into });
const list = async () =>
  (await (await server.ask("/agent-joins", manager)).json()) as {
    joins: AgentJoin[];
    suspected: { agent: object; other: object }[];
  };

async function handledOf(name: string, party?: string): Promise<unknown> {
  const token = party === undefined ? manager : await server.token("vendor", { party });
  const query = new URLSearchParams({ ...DAYS, by: "agent" });
  const answer = await (await server.ask(`/metrics?${query}`, token)).json();
  const rows = (answer as { rows: Record<string, unknown>[] }).rows;
  return rows.find((row) => row.agent === name)?.handled;
}

beforeEach(async () => {
  for (const { id, undoneAt } of (await list()).joins) {
    if (undoneAt === null) await post(`/agent-joins/${id}/undo`);
  }
});

describe("two names of one agent", () => {
  it("are suspected with what stands under each, until they are joined", async () => {
    // Dee had 6 calls in the centre, on both days, and has 3 more.
    expect((await list()).suspected).toMatchObject([
      {
        source: "more",
        agent: { id: otherDee, name: "dee", contacts: 2, firstDay: "2026-03-11" },
        other: { id: dee, name: "Dee", contacts: 9, firstDay: "2026-03-10" },
        detail: { ground: "same_letters" },
      },
    ]);
    const join = (await (await joinOf(otherDee, dee)).json()) as AgentJoin;
    expect(join).toMatchObject({
      agent: { id: otherDee, name: "dee" },
      into: { id: dee, name: "Dee" },
      joinedAt: NOW.toISOString(),
      undoneAt: null,
    });
    expect((await list()).suspected).toEqual([]);
    expect((await list()).joins[0]).toEqual(join);
  });

  it("count as one at once, for the agent's party too, and undone as before", async () => {
    expect(await handledOf("Dee", "Lotus")).toBe(9);
    expect(await handledOf("dee")).toBe(2);
    const join = (await (await joinOf(otherDee, dee)).json()) as AgentJoin;
    expect(await handledOf("Dee")).toBe(11);
    expect(await handledOf("Dee", "Lotus")).toBe(11);
    expect(await handledOf("dee")).toBeUndefined();
    const undone = await post(`/agent-joins/${join.id}/undo`);
    expect(await undone.json()).toMatchObject({ id: join.id, undoneAt: NOW.toISOString() });
    expect(await handledOf("Dee", "Lotus")).toBe(9);
    expect(await handledOf("dee")).toBe(2);
    expect(await problemIn(await post(`/agent-joins/${join.id}/undo`))).toEqual({
      status: 409,
      code: "join_undone",
    });
  });

  it("make no chains", async () => {
    expect((await joinOf(otherDee, dee)).status).toBe(201);
    // Into a name that is itself joined means into the person.
    const join = (await (await joinOf(ann, otherDee)).json()) as AgentJoin;
    expect(join.into).toEqual({ id: dee, name: "Dee" });
    const refused = async (agent?: string, into?: string) => {
      const { status, code } = await problemIn(await joinOf(agent, into));
      return `${status} ${code}`;
    };
    expect(await refused(dee, ben)).toBe("409 agent_has_names");
    expect(await refused(otherDee, ben)).toBe("409 already_joined");
    expect(await refused(otherDee, ann)).toBe("409 same_person");
    expect(await refused(dee, dee)).toBe("409 same_person");
    expect(await refused("01900000-0000-7000-8000-000000000000", dee)).toBe("404 unknown_agent");
  });

  it("of which one is no person stay apart", async () => {
    await store.pool.query("update agent set kind = 'ai' where name = 'Ben'");
    expect(await problemIn(await joinOf(ben, ann))).toMatchObject({ code: "different_kinds" });
    await store.pool.query("update agent set kind = 'human' where name = 'Ben'");
  });

  it("are joined once when two ask at the same moment, each the other way round", async () => {
    const answers = await Promise.all([joinOf(otherDee, dee), joinOf(dee, otherDee)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { rows } = await store.pool.query(
      "select count(*)::int as n from agent where joined_into is not null",
    );
    expect(rows[0].n).toBe(1);
  });

  it("are for administrators and managers, and kept in the log of changes", async () => {
    const planner = await server.token("planner");
    const body = { agent: otherDee, into: dee };
    expect((await server.ask("/agent-joins", planner)).status).toBe(403);
    expect((await post("/agent-joins", body, planner)).status).toBe(403);
    expect((await post("/agent-joins", body, await server.token("administrator"))).status).toBe(
      201,
    );
    const { rows } = await store.pool.query(
      "select action from audit_entry where action like '%agent-joins%' order by id desc limit 1",
    );
    expect(rows[0].action).toBe("post /agent-joins");
  });

  it("that nobody joined cannot be taken apart", async () => {
    const unknown = { status: 404, code: "unknown_join" };
    expect(await problemIn(await post("/agent-joins/nothing/undo"))).toEqual(unknown);
    expect(await problemIn(await post(`/agent-joins/${dee}/undo`))).toEqual(unknown);
  });
});
