/** Signing in with a name and a password: what it opens, what it refuses, and what it never tells. */

import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { revokeTokens } from "../../src/flows/access.ts";
import { endAccount, setAccount } from "../../src/flows/accounts.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { NOW, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const PASSWORD = "correct horse battery";
const MINUTE_MS = 60_000;

function account(name: string, password = PASSWORD): Promise<void> {
  const user = { name, role: "manager", partyId: null, agentId: null } as const;
  return setAccount(store, { user, password, now: NOW });
}

const fromOurPages = { origin: server.address };

function signIn(name: string, password: string, headers: Record<string, string> = fromOurPages) {
  const body = JSON.stringify({ name, password });
  return server.ask("/session", undefined, { method: "POST", body, headers });
}

const cookieOf = (response: Response) =>
  (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";

function as(cookie: string, path: string, request: RequestInit = {}) {
  return server.ask(path, undefined, { ...request, headers: { ...request.headers, cookie } });
}

beforeEach(async () => {
  await store.pool.query("delete from failed_sign_in; delete from session");
});

describe("an account", () => {
  it("opens a session that knows who it is, in a cookie that scripts cannot read", async () => {
    await account("Mia");
    const response = await signIn("Mia", PASSWORD);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ name: "Mia", role: "manager" });
    const cookie = response.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^muster_session=mss_[\w-]{43}; /);
    expect(cookie.split("; ")).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict"]));
    const seen = await as(cookieOf(response), "/session");
    expect(await seen.json()).toMatchObject({ role: "manager" });
  });

  it("keeps neither password nor secret in the store", async () => {
    await account("Mia");
    const secret = cookieOf(await signIn("Mia", PASSWORD)).split("=")[1] ?? "";
    const { rows } = await store.pool.query(
      `select row_to_json(u)::text || row_to_json(s)::text as text, secret_digest as digest
       from app_user u join session s on s.user_id = u.id where u.name = 'Mia'`,
    );
    expect(rows.length).toBe(1);
    expect(rows[0].text).not.toContain(PASSWORD);
    expect(rows[0].text).not.toContain(secret.slice(4));
    expect(rows[0].text).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    expect(rows[0].digest).toEqual(createHash("sha256").update(secret).digest());
  });

  it("signs out: the cookie goes and its secret opens nothing any more", async () => {
    await account("Mia");
    const cookie = cookieOf(await signIn("Mia", PASSWORD));
    const out = await as(cookie, "/session", { method: "DELETE", headers: fromOurPages });
    expect(out.status).toBe(204);
    expect(out.headers.get("set-cookie")).toMatch(/^muster_session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await problemIn(await as(cookie, "/session"))).toMatchObject({
      status: 401,
      code: "session_ended",
    });
  });

  it("is out at once, on every device, when it is disabled or its password set anew", async () => {
    for (const end of [
      () => endAccount(store, "Mia", NOW),
      () => account("Mia", "another long password"),
    ]) {
      await account("Mia");
      const cookies = [await signIn("Mia", PASSWORD), await signIn("Mia", PASSWORD)].map(cookieOf);
      await end();
      for (const cookie of cookies) {
        expect(await problemIn(await as(cookie, "/session"))).toMatchObject({ status: 401 });
      }
      expect((await signIn("Mia", PASSWORD)).status).toBe(401);
    }
  });

  it("has a password of 12 to 256 characters", async () => {
    for (const password of ["", "eleven char", "x".repeat(257)]) {
      await expect(account("Mia", password)).rejects.toMatchObject({ code: "weak_password" });
    }
  });

  it("leaves a trace of what was done to it and with it", async () => {
    await account("Noa");
    const cookie = cookieOf(await signIn("Noa", PASSWORD));
    await as(cookie, "/session", { method: "DELETE", headers: fromOurPages });
    await endAccount(store, "Noa", NOW);
    const answer = await server.ask("/audit?limit=4", await server.token("administrator"));
    const { rows } = (await answer.json()) as { rows: { user: string; action: string }[] };
    expect(rows.map(({ user, action }) => [user, action])).toEqual([
      [null, "disabled account"],
      ["Noa", "signed out"],
      ["Noa", "signed in"],
      [null, "set account"],
    ]);
    expect((await server.ask("/audit", await server.token("manager"))).status).toBe(403);
  });
});

describe("signing in", () => {
  it("answers an unknown name and a wrong password alike", async () => {
    await account("Mia");
    const wrong = await signIn("Mia", "not the password");
    const unknown = await signIn("Nobody", "not the password");
    expect(await wrong.text()).toBe(await unknown.text());
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.headers.get("set-cookie")).toBe(null);
  });

  it("looks at no password after five failures under a name, for a quarter of an hour", async () => {
    await account("Mia");
    await account("Noa");
    for (let i = 0; i < 5; i++) expect((await signIn("Mia", `guess number ${i}`)).status).toBe(401);
    const refused = await signIn("Mia", PASSWORD);
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: "too_many_attempts" });
    expect(refused.headers.get("retry-after")).toBe("900");
    expect((await signIn("Noa", PASSWORD)).status).toBe(201);
    await store.pool.query("update failed_sign_in set failed_at = $1", [
      new Date(NOW.getTime() - 15 * MINUTE_MS),
    ]);
    expect((await signIn("Mia", PASSWORD)).status).toBe(201);
  });

  it("does so for those that come at once, too", async () => {
    await account("Mia");
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, i) => signIn("Mia", `guess number ${i}`)),
    );
    const looked = all.filter(({ status }) => status === 401).length;
    expect(looked).toBeLessThanOrEqual(5);
    expect(all.filter(({ status }) => status === 429).length).toBe(40 - looked);
  });

  it("looks at none from an address that failed a hundred times under any names", async () => {
    await account("Mia");
    await store.pool.query(
      `insert into failed_sign_in (user_name, address, failed_at)
       select 'name ' || n, '127.0.0.1', $1 from generate_series(1, 100) as n`,
      [NOW],
    );
    expect((await signIn("Mia", PASSWORD)).status).toBe(429);
  });

  it("refuses names and passwords that are none", async () => {
    for (const body of ["{}", '{"name":"","password":"x"}', '{"name":1,"password":"x"}']) {
      const request = { method: "POST", body, headers: fromOurPages };
      expect((await server.ask("/session", undefined, request)).status).toBe(400);
    }
    expect((await signIn("x".repeat(201), PASSWORD)).status).toBe(400);
  });
});

describe("another site's page", () => {
  const elsewhere: Record<string, string>[] = [
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site", origin: server.address },
    { "sec-fetch-site": "same-site" },
    {},
  ];

  it("can neither sign a visitor in nor out, nor change anything in their name", async () => {
    await account("Mia");
    const user = { name: "Pia", role: "planner", partyId: null, agentId: null } as const;
    await setAccount(store, { user, password: PASSWORD, now: NOW });
    const cookie = cookieOf(await signIn("Pia", PASSWORD));
    for (const headers of elsewhere) {
      const refused = { status: 403, code: "cross_site" };
      expect(await problemIn(await signIn("Mia", PASSWORD, headers))).toMatchObject(refused);
      const out = await as(cookie, "/session", { method: "DELETE", headers });
      expect(await problemIn(out)).toMatchObject(refused);
      const start = await as(cookie, "/jobs/quick/runs", { method: "POST", headers });
      expect(await problemIn(start)).toMatchObject(refused);
    }
    const start = await as(cookie, "/jobs/quick/runs", { method: "POST", headers: fromOurPages });
    expect(start.status).toBe(202);
  });
});

describe("a session begun by a token's link", () => {
  it("ends with its token", async () => {
    const token = await server.token("manager");
    const cookie = cookieOf(await server.ask(`/api/../sign-in?token=${token}`));
    expect((await as(cookie, "/session")).status).toBe(200);
    await revokeTokens(store, { token }, NOW);
    expect((await as(cookie, "/session")).status).toBe(401);
  });
});

describe("a stream", () => {
  it("ends soon after its token is revoked", async () => {
    const token = await server.token("manager");
    const response = await server.ask("/live/events", token);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    expect(first).toContain("event: ");
    await revokeTokens(store, { token }, NOW);
    for (;;) if ((await reader.read()).done) break;
  });
});

it("notes when a token was last used", async () => {
  const token = await server.token("manager");
  const used = async () =>
    (await store.pool.query("select count(last_used_at)::int as n from access_token")).rows[0].n;
  const before = await used();
  await server.ask("/session", token);
  await server.ask("/session", token);
  expect(await used()).toBe(before + 1);
});
