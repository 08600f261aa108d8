/** How a walk over all routes asks: operations as the OpenAPI document has them, filled with given ids. */

import { tableFromIPC } from "apache-arrow";
import type { Role } from "../../src/domain/shared/vocabulary.ts";
import type { Store } from "../../src/store/connection.ts";
import { NOW, type TestServer } from "./support.ts";

/** As far as a value is made from it. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly body: Schema | null;
  /** The types it answers in. */
  readonly types: readonly string[];
  readonly roles: readonly Role[] | "anyone";
  readonly kind: "route" | "stream";
}

interface Documented {
  readonly parameters?: readonly (Operation["query"][number] & { readonly in: string })[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

/** Every operation of the document, with the roles that the mounted route names. */
export async function operationsOf(server: TestServer): Promise<Operation[]> {
  const document = (await (await server.ask("/openapi.json")).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => {
      const success = Object.entries(responses).find(([status]) => status < "300")?.[1];
      return {
        method,
        path,
        query: parameters.filter((parameter) => parameter.in === "query"),
        body: requestBody?.content["application/json"]?.schema ?? null,
        types: Object.keys(success?.content ?? {}),
        ...mountedAs(server, method, path),
      };
    }),
  );
}

function mountedAs(server: TestServer, method: string, path: string) {
  for (const one of server.mounted) {
    if (one.kind === "stream" && one.path === path && method === "get") {
      return { kind: one.kind, roles: one.roles };
    }
    if (one.kind === "route" && one.route.path === path && one.route.method === method) {
      return { kind: one.kind, roles: one.route.roles };
    }
  }
  throw new Error(`${method} ${path} is documented and not mounted`);
}

const TEXTS: Readonly<Record<string, string>> = { from: "2026-03-10", to: "2026-03-12" };

/** A value that the schema takes, with `id` wherever an id stands. */
export function sampleOf(schema: Schema, id: string, name = ""): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sampleOf(schema.anyOf[0] as Schema, id, name);
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  if (type === "object") {
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, of]) => [key, sampleOf(of, id, key)]),
    );
  }
  if (type === "array") return schema.items === undefined ? [] : [sampleOf(schema.items, id)];
  if (type === "boolean") return false;
  if (type === "integer" || type === "number") return Math.max(1, schema.minimum ?? 1);
  if (schema.format === "uuid") return id;
  if (schema.format === "date-time") return NOW.toISOString();
  return TEXTS[name] ?? (schema.format === "date" ? "2026-03-10" : "a text");
}

export interface Wish {
  /** What stands wherever the path or the body wants an id. */
  readonly id: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
}

export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly link: string | null;
  /** Text as it came; of Arrow the rows. */
  readonly body: string;
}

export async function answerOf(
  server: TestServer,
  token: string,
  operation: Operation,
  { id, query = {}, accept }: Wish,
): Promise<Answer> {
  const { method, path, body } = operation;
  const wanted = operation.query.filter(({ name, required }) => required || name in TEXTS);
  const given = wanted.map(({ name, schema }): [string, string] => [
    name,
    String(sampleOf(schema, id, name)),
  ]);
  const address = `${path.replaceAll(/\{\w+\}/g, id)}?${new URLSearchParams([
    ...given,
    ...Object.entries(query),
  ])}`;
  const response = await server.ask(address, token, {
    method: method.toUpperCase(),
    headers: { "if-match": '"1"', ...(accept === undefined ? {} : { accept }) },
    ...(body === null ? {} : { body: JSON.stringify(sampleOf(body, id)) }),
  });
  const type = response.headers.get("content-type");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isArrow = type?.includes("arrow") === true;
  const text = isArrow
    ? JSON.stringify(tableFromIPC(bytes).toArray())
    : new TextDecoder().decode(bytes);
  return { status: response.status, type, link: response.headers.get("link"), body: text };
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The answer without what two answers to one question may differ in: ids and versions. */
export function withoutIds({ body, link, ...answer }: Answer): Answer {
  const plain = (text: string) => text.replace(UUID, "id").replace(/"etag":"[^"]*"/g, '"etag"');
  return { ...answer, link: link === null ? null : plain(link), body: plain(body) };
}

/** The first event of a stream that holds data. */
export async function firstEvent(server: TestServer, token: string, path: string): Promise<string> {
  const gone = new AbortController();
  const response = await server.ask(path, token, { signal: gone.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  while (!/^data:.*\n\n/m.test(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  gone.abort();
  return text;
}

/** What Bank, the other party of the centre, has beside its people: at work, and on the pages. */
export async function giveBankMore(store: Store): Promise<void> {
  await store.pool.query(`
    insert into app_user (name, role, party_id) select 'Bank user', 'vendor', id from party
      where name = 'Bank';
    insert into app_user (name, role) values ('Bank manager', 'manager');
    insert into annotation (from_day, to_day, text, party_id, created_by, created_at, changed_at)
      select '2026-03-10', '2026-03-11', 'Bank note', party_id, id, now(), now() from app_user;
    insert into threshold (metric, direction, value, days, party_id, created_by, created_at, changed_at)
      select 'handled', 'above', 1, 7, party_id, id, now(), now() from app_user;
    insert into saved_view (user_id, name, page, search, shared, created_at, changed_at)
      select id, 'Bank view', 'managers', '', true, now(), now() from app_user;
    insert into agent_presence
        (agent_id, pool, capacity, capacity_total, state, signed_on_at, last_seen_at, free_since)
      select id, 'own', '{"call": 1}', 1, 'available', '${NOW.toISOString()}', '${NOW.toISOString()}',
        now() from agent where name in ('Ann', 'Ben', 'Cai', 'Dee');
    insert into task (origin, kind, channel, queue_id, state)
      select agent.name, 'Bank call', 'call', queue.id, 'offered' from agent cross join queue
      where agent.name in ('Ann', 'Ben') and queue.name = 'loans';
    insert into assignment (task_id, agent_id, expected_cost, offered_at, lease_until)
      select task.id, agent.id, 0, '${NOW.toISOString()}', now() + interval '1 day'
      from task join agent on agent.name = task.origin;`);
}
