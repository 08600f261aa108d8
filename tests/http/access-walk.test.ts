/**
 * Every route of the OpenAPI document, as every role that is bounded, with another party's ids in its
 * path, its query and its body, in every representation: the answer is the same as for ids that name
 * nothing, nothing in any answer is the other party's, and nothing of the other party's is changed.
 */

import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Role } from "../../src/domain/shared/vocabulary.ts";
import { READERS, route } from "../../src/http/contract/route.ts";
import { mount } from "../../src/http/mount.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { CONTACTS, DAYS, startServer, takeCentre } from "./support.ts";
import {
  type Answer,
  answerOf,
  firstEvent,
  giveBankMore,
  type Operation,
  operationsOf,
  withoutIds,
} from "./walking.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
await giveBankMore(store);
/** A handler that forgets whose rows it may show: the database does not. */
const forgetful = mount(
  route({
    method: "get",
    path: "/forgetful",
    summary: "All there is",
    roles: READERS,
    query: z.object({ agent: z.uuid().optional() }),
    response: z.object({ rows: z.array(z.object({ row: z.string() })) }),
    rowsKey: "rows",
  }),
  async ({ query, context }) => {
    const { rows } = await context.store.pool.query<{ row: string }>(
      `select name as row from agent where $1::uuid is null or uuid = $1
       union all select contact::text from contact where $1 is null
       union all select kind from task where $1 is null
       union all select text from annotation where $1 is null
       union all select name from party where $1 is null`,
      [query.agent ?? null],
    );
    return { rows };
  },
);
const server = await startServer(store, [forgetful]);
const NOTHING = "01900000-0000-7000-8000-000000000000";
/** Bank is the other party: Lotus has agents Cai and Dee, team Red and no contact in the queue loans. */
const FOREIGN_WORDS = /\b(Ann|Ben|Bank|Blue|loans)\b/;
const operations = await operationsOf(server);

async function column(text: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ value: string }>(text);
  return rows.map(({ value }) => value);
}

const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  party: await column("select uuid as value from party where name = 'Bank'"),
  team: await column("select uuid as value from team where name = 'Blue'"),
  agent: await column("select uuid as value from agent where name in ('Ann', 'Ben')"),
  queue: await column("select uuid as value from queue where name = 'loans'"),
  user: await column("select id as value from app_user where name like 'Bank %'"),
  task: await column("select id as value from task"),
  assignment: await column("select id as value from assignment"),
  annotation: await column("select id as value from annotation"),
  threshold: await column("select id as value from threshold"),
  view: await column("select id as value from saved_view"),
  source: await column("select uuid as value from source"),
  batch: await column("select uuid as value from batch"),
};
const FOREIGN_IDS = Object.values(FOREIGN).flat();

/** Everything of the other party's that could be changed, as text. */
const ofBank = () =>
  column(`
    select p::text as value from agent_presence p join agent on agent.id = agent_id
      where agent.name in ('Ann', 'Ben')
    union all select a::text from assignment a where id = any ('{${FOREIGN.assignment}}')
    union all select t::text from task t where id = any ('{${FOREIGN.task}}')
    union all select n::text from annotation n where id = any ('{${FOREIGN.annotation}}')
    union all select h::text from threshold h where id = any ('{${FOREIGN.threshold}}')
    union all select v::text from saved_view v where id = any ('{${FOREIGN.view}}')
    union all select u::text from app_user u where id = any ('{${FOREIGN.user}}')
    union all select b::text from batch b union all select s::text from source s order by 1`);
const before = await ofBank();

const CALLERS = [
  ["vendor", { party: "Lotus" }],
  ["agent", { agent: "Dee" }],
] as const;

const mayCall = (role: Role, { roles }: Operation) => roles === "anyone" || roles.includes(role);
const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

/** Words of the other party in an answer; those that we say to everybody are none. */
function foreignWords({ body }: Answer): string | null {
  const said = body.replaceAll(/"(title|label|summary|description)":"[^"]*"/g, "");
  return FOREIGN_WORDS.exec(said)?.[0] ?? null;
}

/** Parameters of the query that want ids, with those of the other party. */
function idsInQuery({ query }: Operation): [string, string][] {
  return query.flatMap(({ name }) =>
    Object.entries(FOREIGN).flatMap(([kind, ids]) =>
      name.toLowerCase().endsWith(kind) ? ids.map((id): [string, string] => [name, id]) : [],
    ),
  );
}

const wantsId = ({ path, body }: Operation) =>
  path.includes("{") || JSON.stringify(body ?? "").includes('"uuid"');

describe("the walk", () => {
  it("goes to every route there is", () => {
    const mounted = server.mounted.map((one) =>
      one.kind === "route" ? `${one.route.method} ${one.route.path}` : `get ${one.path}`,
    );
    expect(operations.map(nameOf).sort()).toEqual(mounted.sort());
    expect(FOREIGN_IDS.length).toBeGreaterThanOrEqual(Object.keys(FOREIGN).length);
  });

  it("meets no handler that is given the whole store but those named here", () => {
    const whole = server.mounted.flatMap((one) =>
      one.kind === "route" && one.route.wholeStore !== undefined ? [one.route.path] : [],
    );
    // It is about the caller's own account; tests/http/account-routes.test.ts has what it does.
    expect(whole).toEqual(["/session/password"]);
  });

  it("knows the words that it looks for when it sees them", async () => {
    const manager = await server.token("manager");
    const operation = operations.find((one) => nameOf(one) === "get /dimensions") as Operation;
    expect(
      foreignWords(await answerOf(server, manager, operation, { id: NOTHING })),
    ).not.toBeNull();
  });
});

describe.each(CALLERS)("a %s", (role, of) => {
  const tokens = server.token(role, of);
  const closed = operations.filter((operation) => !mayCall(role, operation));
  const open = operations.filter(
    (operation) => operation.kind === "route" && mayCall(role, operation),
  );
  const list = (some: readonly Operation[]) => some.map((one) => [nameOf(one), one] as const);

  it.each(list(closed))("is let nowhere by %s", async (_name, operation) => {
    const token = await tokens;
    const [anyId] = operation.path.includes("{") ? FOREIGN_IDS : [NOTHING];
    const unknown = await answerOf(server, token, operation, { id: NOTHING });
    const foreign = await answerOf(server, token, operation, { id: anyId as string });
    expect(unknown.status).toBe(403);
    expect(JSON.parse(unknown.body).code).toBe("role_not_allowed");
    expect(foreign).toEqual(unknown);
  });

  it.each(list(open.filter(({ method }) => method === "get")))(
    "learns nothing of another party from %s",
    async (_name, operation) => {
      const token = await tokens;
      for (const accept of operation.types) {
        const plain = await answerOf(server, token, operation, { id: NOTHING, accept });
        if (!operation.path.includes("{")) expect(plain.status).toBe(200);
        expect(foreignWords(plain)).toBeNull();
        for (const [name, id] of idsInQuery(operation)) {
          const asked = (value: string) =>
            answerOf(server, token, operation, { id: NOTHING, accept, query: { [name]: value } });
          const foreign = await asked(id);
          expect(withoutIds(foreign), `${name}=${id}`).toEqual(withoutIds(await asked(NOTHING)));
        }
      }
    },
  );

  it.each(list(open.filter(wantsId)))(
    "finds nothing by another party's ids at %s",
    async (_name, operation) => {
      const token = await tokens;
      const unknown = await answerOf(server, token, operation, { id: NOTHING });
      expect(unknown.status).toBeGreaterThanOrEqual(operation.path.includes("{") ? 400 : 200);
      for (const id of FOREIGN_IDS) {
        const foreign = await answerOf(server, token, operation, { id });
        expect(foreignWords(foreign)).toBeNull();
        expect(withoutIds(foreign), id).toEqual(withoutIds(unknown));
      }
    },
  );

  it.each(operations.filter(({ kind }) => kind === "stream").map(({ path }) => [path]))(
    "hears nothing of another party from %s",
    async (path) => {
      const event = await firstEvent(server, await tokens, path);
      expect(event).toMatch(/^data:/m);
      expect(event).toMatch(/\bDee\b/);
      expect(event).not.toMatch(FOREIGN_WORDS);
    },
  );

  it("counts its own and no others", async () => {
    const own = CONTACTS.filter(({ party, agent }) =>
      role === "vendor" ? party === "Lotus" : agent === "Dee",
    );
    const handled = own.reduce((sum, one) => sum + one.handled, 0);
    const period = new URLSearchParams(DAYS);
    const ask = async (path: string) =>
      (await (await server.ask(path, await tokens)).json()) as { readonly rows: unknown[] };
    expect(await ask(`/contacts?${period}`)).toMatchObject({ total: { count: handled } });
    const foreign = `${period}&agent=${FOREIGN.agent?.[0]}`;
    expect(await ask(`/contacts?${foreign}`)).toMatchObject({ rows: [], total: { count: 0 } });
    expect((await ask(`/metrics?${period}`)).rows).toMatchObject([{ handled, agents: own.length }]);
    expect((await ask(`/metrics?${period}&by=agent`)).rows).toHaveLength(own.length);
  });
});

it("changes nothing of the other party's", async () => {
  expect(await ofBank()).toEqual(before);
  expect(before.length).toBeGreaterThan(10);
});
