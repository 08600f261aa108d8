/** Who may call what: tokens, roles, the link that signs in, the cookie it leaves. */

import { describe, expect, it } from "vitest";
import { ROLES } from "../../src/domain/shared/vocabulary.ts";
import { revokeTokens } from "../../src/flows/access.ts";
import { session } from "../../src/http/contract/reading.ts";
import { mount } from "../../src/http/mount.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const open = mount({ ...session, path: "/open", roles: "anyone" }, async ({ caller }) => ({
  name: caller.name,
  role: "agent" as const,
  party: null,
  agent: null,
  seesNames: false,
  expiresAt: NOW.toISOString(),
}));
const server = await startServer(store, [open]);
const routes = server.mounted.flatMap((one) =>
  one.kind === "route"
    ? [{ method: one.route.method.toUpperCase(), path: one.route.path, roles: one.route.roles }]
    : [{ method: "GET", path: one.path, roles: one.roles }],
);
const guarded = routes.filter(({ roles }) => roles !== "anyone");
const pathOf = (path: string) =>
  path.replaceAll(/\{\w+\}/g, "01900000-0000-7000-8000-000000000000");
const cases = guarded.map((route) => [`${route.method} ${route.path}`, route] as const);

describe("without a token", () => {
  it.each(cases)("%s is 401", async (_name, { method, path }) => {
    const response = await server.ask(pathOf(path), undefined, { method });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await problemIn(response)).toMatchObject({ status: 401, code: "not_signed_in" });
  });

  it("a route for anyone answers", async () => {
    expect((await server.ask("/open")).status).toBe(200);
  });
});

describe("with a role it is not for", () => {
  it.each(cases)("%s is 403", async (_name, { method, path, roles }) => {
    for (const role of ROLES.filter((one) => !roles.includes(one))) {
      const token = await server.token(role, { party: "Lotus", agent: "Dee" });
      const response = await server.ask(pathOf(path), token, { method });
      const answer = { status: 403, code: "role_not_allowed" };
      expect(await problemIn(response), role).toMatchObject(answer);
    }
  });
});

async function nameOf(token: string): Promise<string> {
  const response = await server.ask("/session", token);
  return ((await response.json()) as { name: string }).name;
}

describe("a token", () => {
  it.each(["mst_unknown", "", "a b", "%", "'; drop table access_token; --"])(
    "that is none is 401: %j",
    async (token) => {
      expect(await problemIn(await server.ask("/session", token))).toMatchObject({ status: 401 });
    },
  );

  it("ends when it expires", async () => {
    const token = await server.token("manager");
    expect((await server.ask("/session", token)).status).toBe(200);
    await store.pool.query(
      `update access_token set expires_at = $1 where user_id =
         (select id from app_user order by created_at desc, id desc limit 1)`,
      [NOW],
    );
    const answer = { status: 401, code: "invalid_token" };
    expect(await problemIn(await server.ask("/session", token))).toMatchObject(answer);
  });

  it("ends when it is revoked, by itself or with all of its user", async () => {
    const token = await server.token("manager");
    const name = await nameOf(token);
    expect(await revokeTokens(store, { token }, NOW)).toBe(1);
    expect(await revokeTokens(store, { token }, NOW)).toBe(0);
    expect(await revokeTokens(store, { user: name }, NOW)).toBe(0);
    expect((await server.ask("/session", token)).status).toBe(401);
    const second = await server.token("planner");
    const user = await nameOf(second);
    expect(await revokeTokens(store, { user }, NOW)).toBe(1);
    expect((await server.ask("/session", second)).status).toBe(401);
  });

  it("is no good once its user is disabled", async () => {
    const token = await server.token("manager");
    const name = await nameOf(token);
    await store.pool.query("update app_user set disabled_at = $1 where name = $2", [NOW, name]);
    expect((await server.ask("/session", token)).status).toBe(401);
  });

  it("is not in the store, only its digest", async () => {
    const token = await server.token("manager");
    const { rows } = await store.pool.query(
      "select row_to_json(t)::text as text from access_token t",
    );
    expect(rows.filter(({ text }) => text.includes(token.slice(4)))).toEqual([]);
  });
});

describe("the sign-in link", () => {
  const signIn = (query: string) => server.ask(`/api/../sign-in${query}`);

  it("leaves a cookie that scripts cannot read, and an address without the token", async () => {
    const token = await server.token("planner");
    const response = await signIn(`?token=${token}`);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^muster_session=mss_[\w-]+; /);
    expect(cookie).not.toContain(token);
    expect(cookie.split("; ")).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict"]));
    const headers = { cookie: `other=1; ${cookie.split(";")[0]}` };
    const seen = await server.ask("/session", undefined, { headers });
    expect(await seen.json()).toMatchObject({ role: "planner" });
  });

  it("is refused without a token and with a wrong one", async () => {
    expect(await problemIn(await signIn(""))).toMatchObject({ code: "missing_token" });
    expect(await problemIn(await signIn("?token=a&token=b"))).toMatchObject({ status: 400 });
    expect(await problemIn(await signIn("?token=wrong"))).toMatchObject({ status: 401 });
  });

  it("is not needed twice: a broken cookie is 401 and no more", async () => {
    for (const value of ["%", "%E0%A4%A", "", "a=b"]) {
      const headers = { cookie: `muster_session=${value}` };
      const response = await server.ask("/session", undefined, { headers });
      expect(await problemIn(response)).toMatchObject({ status: 401 });
    }
  });
});

describe("an agent", () => {
  it("acts for itself only", async () => {
    const token = await server.token("agent", { agent: "Dee" });
    const { rows } = await store.pool.query("select name, uuid from agent");
    const uuidOf = (name: string) => rows.find((row) => row.name === name)?.uuid as string;
    const own = await server.ask(`/agents/${uuidOf("Dee")}/assignments`, token);
    expect(await own.json()).toEqual({ assignments: [] });
    const other = await server.ask(`/agents/${uuidOf("Cai")}/assignments`, token);
    expect(await problemIn(other)).toMatchObject({ status: 403, code: "not_your_agent" });
  });
});
