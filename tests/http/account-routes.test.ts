/** Accounts, tokens and the own password over HTTP: what an administrator may do, and nobody else. */

import { beforeEach, describe, expect, it } from "vitest";
import { setAccount } from "../../src/flows/accounts.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const administrator = await server.token("administrator");
const PASSWORD = "correct horse battery";
const OTHER = "another long password";
const fromOurPages = { origin: server.address };
const MANAGER = { role: "manager", party: null, agent: null } as const;

interface Account {
  readonly id: string;
  readonly name: string;
  readonly etag: string;
  readonly [key: string]: unknown;
}

const send = (method: string, path: string, body?: unknown, headers = {}, token = administrator) =>
  server.ask(path, token, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function make(name: string, rights: object = MANAGER): Promise<Account> {
  const response = await send("POST", "/accounts", { name, rights, password: PASSWORD });
  const body = (await response.json()) as Account;
  expect(response.status, JSON.stringify(body)).toBe(201);
  return body;
}

const change = ({ id, etag }: Account, body: object) =>
  send("PATCH", `/accounts/${id}`, body, { "if-match": etag });

const signIn = (name: string, password = PASSWORD) =>
  send("POST", "/session", { name, password }, fromOurPages, "");

const cookieOf = (response: Response) =>
  (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

const as = (cookie: string, path: string, request: RequestInit = {}) =>
  server.ask(path, undefined, { ...request, headers: { ...fromOurPages, cookie } });

async function rowsOf<Row>(path: string): Promise<Row[]> {
  return ((await (await server.ask(path, administrator)).json()) as { rows: Row[] }).rows;
}

const uuidOf = async (table: "party" | "agent", name: string): Promise<string> =>
  (await store.pool.query(`select uuid from ${table} where name = $1`, [name])).rows[0].uuid;

let number = 0;
/** A name that no other test has taken. */
const fresh = () => `Mia ${number++}`;

beforeEach(async () => {
  await store.pool.query("delete from failed_sign_in");
});

describe("an account", () => {
  it("is made with a role and a first password, and signs in with it", async () => {
    const name = fresh();
    const made = await make(name, {
      role: "vendor",
      party: await uuidOf("party", "Lotus"),
      agent: null,
    });
    expect(made).toMatchObject({
      name,
      role: "vendor",
      party: { name: "Lotus" },
      disabledAt: null,
    });
    expect(await signIn(name)).toMatchObject({ status: 201 });
    const listed = (await rowsOf<Account>("/accounts")).find(({ id }) => id === made.id);
    expect(listed).toMatchObject({ hasPassword: true, lastSignInAt: NOW.toISOString() });
    expect(JSON.stringify(listed)).not.toContain("argon2");
  });

  it("has a name of its own, and a password that is long enough", async () => {
    const name = fresh();
    await make(name);
    const again = { name: ` ${name} `, rights: MANAGER, password: PASSWORD };
    expect(await problemIn(await send("POST", "/accounts", again))).toMatchObject({
      status: 409,
      code: "account_exists",
    });
    const weak = { name: fresh(), rights: MANAGER, password: "eleven char" };
    expect(await problemIn(await send("POST", "/accounts", weak))).toMatchObject({
      status: 400,
      code: "weak_password",
    });
  });

  it.each([
    ["a vendor without a party", { role: "vendor", party: null }, "missing_party"],
    ["an agent without an agent", { role: "agent", agent: null }, "missing_agent"],
    ["a manager with a party", { role: "manager", party: "Lotus" }, "unexpected_party"],
    [
      "a vendor with an agent",
      { role: "vendor", party: "Lotus", agent: "Cai" },
      "unexpected_agent",
    ],
    ["a vendor of nobody", { role: "vendor", party: "?" }, "unknown_party"],
  ])("is refused: %s", async (_what, wanted, code) => {
    const of: { role: string; party?: string | null; agent?: string | null } = wanted;
    const nobody = "01900000-0000-7000-8000-000000000000";
    const idOf = async (table: "party" | "agent") => {
      const name = of[table] ?? null;
      return name === null ? null : name === "?" ? nobody : await uuidOf(table, name);
    };
    const rights = { role: of.role, party: await idOf("party"), agent: await idOf("agent") };
    const wish = { name: fresh(), rights, password: PASSWORD };
    expect(await problemIn(await send("POST", "/accounts", wish))).toMatchObject({
      status: 400,
      code,
    });
    expect((await rowsOf<Account>("/accounts")).map(({ name }) => name)).not.toContain(wish.name);
  });

  it("is signed out everywhere when disabled, and may come in again when let in", async () => {
    const made = await make(fresh());
    const cookie = cookieOf(await signIn(made.name));
    const disabled = await change(made, { disabled: true });
    const after = (await disabled.json()) as Account;
    expect(after).toMatchObject({ disabledAt: NOW.toISOString() });
    expect((await as(cookie, "/session")).status).toBe(401);
    expect((await signIn(made.name)).status).toBe(401);
    await change(after, { disabled: false });
    expect((await signIn(made.name)).status).toBe(201);
    expect((await as(cookie, "/session")).status).toBe(401);
  });

  it("is signed out by other rights, and has them at once", async () => {
    const made = await make(fresh());
    const cookie = cookieOf(await signIn(made.name));
    const rights = { role: "agent", party: null, agent: await uuidOf("agent", "Dee") };
    expect(await (await change(made, { rights })).json()).toMatchObject({ agent: { name: "Dee" } });
    expect((await as(cookie, "/session")).status).toBe(401);
    const session = await as(cookieOf(await signIn(made.name)), "/session");
    expect(await session.json()).toMatchObject({ role: "agent", agent: { name: "Dee" } });
  });

  it("keeps its state when only the password is set: who is out stays out", async () => {
    const made = await make(fresh());
    const disabled = (await (await change(made, { disabled: true })).json()) as Account;
    await change(disabled, { password: OTHER });
    expect((await signIn(made.name, OTHER)).status).toBe(401);
  });

  it("is changed only as it was seen", async () => {
    const made = await make(fresh());
    const missing = await send("PATCH", `/accounts/${made.id}`, { disabled: true });
    expect(await problemIn(missing)).toEqual({ status: 428, code: "if_match_required" });
    expect((await change(made, { password: OTHER })).status).toBe(200);
    expect(await problemIn(await change(made, { disabled: true }))).toMatchObject({
      status: 412,
      code: "changed_meanwhile",
    });
    for (const id of ["01900000-0000-7000-8000-000000000000", "nobody"]) {
      expect(await problemIn(await change({ ...made, id }, {}))).toMatchObject({ status: 404 });
    }
  });

  it("leaves in the log of changes what changed, and no secret", async () => {
    const made = await make(fresh());
    await change(made, { rights: { ...MANAGER, role: "planner" }, password: OTHER });
    const [changed, first] = await rowsOf<Record<string, unknown>>("/audit?limit=2");
    expect(first).toMatchObject({ action: "made account", subject: made.name });
    expect(changed).toMatchObject({ action: "changed account", subject: made.name });
    expect(changed?.detail).toEqual({ role: { from: "manager", to: "planner" }, password: "set" });
    const { rows } = await store.pool.query(
      "select string_agg(detail::text, '') as text from audit_entry",
    );
    expect(rows[0].text).not.toMatch(/horse|argon2/);
  });

  it("comes in no more over a stream that it held as something else", async () => {
    const made = await make(fresh());
    const wish = { account: made.id, name: "stream", days: 1 };
    const given = (await (await send("POST", "/tokens", wish)).json()) as { token: string };
    const stream = await server.ask("/live/events", given.token);
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const rights = { role: "vendor", party: await uuidOf("party", "Lotus"), agent: null };
    expect((await change(made, { rights })).status).toBe(200);
    for (;;) if ((await reader.read()).done) break;
    expect((await server.ask("/session", given.token)).status).toBe(200);
  });
});

describe("the last administrator", () => {
  it("can be neither disabled nor made something else, until there is another", async () => {
    // The administrator of these tests is the only one with a way in.
    await store.pool.query(
      "update app_user set disabled_at = now() where role = 'administrator' and name <> $1",
      ["administrator 1"],
    );
    const self = (await rowsOf<Account>("/accounts")).find(
      ({ name }) => name === "administrator 1",
    );
    for (const body of [{ disabled: true }, { rights: MANAGER }]) {
      expect(await problemIn(await change(self as Account, body))).toMatchObject({
        status: 409,
        code: "last_administrator",
      });
    }
    const other = await make(fresh(), { ...MANAGER, role: "administrator" });
    // Two at once, each with the other in mind: one of them is refused.
    const both = await Promise.all([
      change(self as Account, { rights: MANAGER }),
      change(other, { rights: MANAGER }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await store.pool.query(
      "update app_user set role = 'administrator' where name = 'administrator 1'",
    );
  });
});

describe("the own password", () => {
  const ask = (cookie: string, old: string, password: string) =>
    server.ask("/session/password", undefined, {
      method: "PUT",
      headers: { ...fromOurPages, cookie },
      body: JSON.stringify({ old, password }),
    });

  it("is changed by whoever knows the old one; all other sessions end", async () => {
    const { name } = await make(fresh());
    const [here, there] = [cookieOf(await signIn(name)), cookieOf(await signIn(name))];
    expect((await ask(here, PASSWORD, OTHER)).status).toBe(204);
    expect((await as(here, "/session")).status).toBe(200);
    expect((await as(there, "/session")).status).toBe(401);
    expect([(await signIn(name)).status, (await signIn(name, OTHER)).status]).toEqual([401, 201]);
    const actions = await rowsOf<Record<string, unknown>>("/audit?limit=4");
    expect(actions.map(({ action, user }) => [action, user])).toContainEqual([
      "changed own password",
      name,
    ]);
  });

  it.each(["vendor", "agent"] as const)(
    "is changed by a bounded account, too: %s",
    async (role) => {
      const party = role === "vendor" ? await uuidOf("party", "Lotus") : null;
      const agent = role === "agent" ? await uuidOf("agent", "Dee") : null;
      const { name } = await make(fresh(), { role, party, agent });
      const cookie = cookieOf(await signIn(name));
      expect((await ask(cookie, PASSWORD, OTHER)).status).toBe(204);
      expect((await signIn(name, OTHER)).status).toBe(201);
    },
  );

  it("is not guessed at: after five failures none is looked at", async () => {
    const { name } = await make(fresh());
    const cookie = cookieOf(await signIn(name));
    for (let i = 0; i < 5; i++) {
      expect(await problemIn(await ask(cookie, `guess ${i}`, OTHER))).toMatchObject({
        status: 403,
        code: "wrong_password",
      });
    }
    const refused = await ask(cookie, PASSWORD, OTHER);
    expect(refused.headers.get("retry-after")).toBe("900");
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: "too_many_attempts" });
  });

  it("is no way in for one who has none", async () => {
    const token = await server.token("planner");
    const body = JSON.stringify({ old: "", password: OTHER });
    const response = await server.ask("/session/password", token, { method: "PUT", body });
    expect(await problemIn(response)).toMatchObject({ status: 403, code: "wrong_password" });
  });

  it("is not changed for another site's page", async () => {
    const { name } = await make(fresh());
    const cookie = cookieOf(await signIn(name));
    const response = await server.ask("/session/password", undefined, {
      method: "PUT",
      headers: { cookie, origin: "https://elsewhere.example" },
      body: JSON.stringify({ old: PASSWORD, password: OTHER }),
    });
    expect(await problemIn(response)).toMatchObject({ status: 403, code: "cross_site" });
  });
});

describe("a token", () => {
  interface Token {
    readonly id: string;
    readonly name: string;
    readonly [key: string]: unknown;
  }

  it("is shown once, listed without itself, and ended", async () => {
    const made = await make(fresh());
    const wish = { account: made.id, name: "nightly report", days: 7 };
    const response = await send("POST", "/tokens", wish);
    const { token, expiresAt } = (await response.json()) as { token: string; expiresAt: string };
    expect(response.status).toBe(201);
    expect(expiresAt).toBe(new Date(NOW.getTime() + 7 * 86_400_000).toISOString());
    expect(await (await server.ask("/session", token)).json()).toMatchObject({ name: made.name });
    const listed = (await rowsOf<Token>("/tokens")).find(({ user }) => user === made.name) as Token;
    expect(listed).toMatchObject({ name: "nightly report", lastUsedAt: NOW.toISOString() });
    expect(JSON.stringify(listed)).not.toContain(token.slice(4));
    expect((await send("DELETE", `/tokens/${listed.id}`)).status).toBe(204);
    expect((await server.ask("/session", token)).status).toBe(401);
    expect(await problemIn(await send("DELETE", `/tokens/${listed.id}`))).toMatchObject({
      status: 404,
      code: "unknown_token",
    });
    const actions = await rowsOf<Record<string, unknown>>("/audit?limit=2");
    expect(actions.map(({ action, subject }) => [action, subject])).toEqual([
      ["revoked token", made.name],
      ["issued token", made.name],
    ]);
  });

  it("is not given to whom is let in no more, or is not there", async () => {
    const made = await make(fresh());
    await change(made, { disabled: true });
    const wish = { account: made.id, name: "x", days: 1 };
    expect(await problemIn(await send("POST", "/tokens", wish))).toMatchObject({ status: 409 });
    const nobody = { ...wish, account: "01900000-0000-7000-8000-000000000000" };
    expect(await problemIn(await send("POST", "/tokens", nobody))).toMatchObject({ status: 404 });
    for (const days of [0, 3651, 1.5]) {
      expect((await send("POST", "/tokens", { ...wish, days })).status).toBe(400);
    }
  });
});

it("the log of changes comes in pages", async () => {
  await setAccount(store, {
    user: { name: fresh(), role: "manager", partyId: null, agentId: null },
    password: PASSWORD,
    now: NOW,
  });
  const all = await rowsOf("/audit?limit=1000");
  const seen: unknown[] = [];
  let cursor = "";
  do {
    const page = await server.ask(`/audit?limit=7${cursor}`, administrator);
    const { rows, next } = (await page.json()) as { rows: unknown[]; next: string | null };
    seen.push(...rows);
    cursor = next === null ? "" : `&cursor=${next}`;
  } while (cursor !== "");
  expect(seen).toEqual(all);
});
