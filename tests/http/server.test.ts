/** The rim itself: errors, limits, headers, streams, and how it ends. */

import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { InputError } from "../../src/domain/shared/errors.ts";
import { FlowError, type FlowErrorKind } from "../../src/flows/errors.ts";
import { route } from "../../src/http/contract/route.ts";
import { problemOf } from "../../src/http/errors.ts";
import { eventStream, type Mounted, mount } from "../../src/http/mount.ts";
import { gate } from "../jobs/ledger-support.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { problemIn, startServer } from "./support.ts";

const store = await testDatabase();
const dashboards = temporaryDirectory();
mkdirSync(join(dashboards, "assets"));
writeFileSync(join(dashboards, "index.html"), "<!doctype html><title>Muster</title>");
writeFileSync(join(dashboards, "assets", "app-1a2b.js"), "export {};");

const anyone = { summary: "", roles: "anyone", response: z.unknown() } as const;
const failing = (error: unknown, path: string): Mounted =>
  mount(route({ ...anyone, method: "get", path }), async () => {
    throw error;
  });
const KINDS: Readonly<Record<FlowErrorKind, number>> = {
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  precondition: 412,
  too_large: 413,
  no_space: 507,
};
const secret = "the password of the database is in this text";
const held = gate<void>();
const begun = gate<void>();
const server = await startServer(
  store,
  [
    failing(new Error(secret), "/broken"),
    failing("no error at all", "/thrown-text"),
    failing(new InputError([{ code: "bad_day", path: "day", value: "x".repeat(9999) }]), "/input"),
    ...Object.keys(KINDS).map((kind) =>
      failing(new FlowError(kind as FlowErrorKind, `a_${kind}`, "why"), `/flow/${kind}`),
    ),
    mount(
      route({ ...anyone, method: "post", path: "/echo", body: z.object({ text: z.string() }) }),
      async ({ body }) => body,
    ),
    mount(
      route({ ...anyone, method: "get", path: "/things/{thing}" }),
      async ({ params }) => params,
    ),
    mount(route({ ...anyone, method: "delete", path: "/gone", status: 204 }), async () => null),
    mount(route({ ...anyone, method: "get", path: "/slow" }), async () => {
      begun.reach();
      await held.reached;
      return { done: true };
    }),
    eventStream("/ticks", ["manager"], (send) => {
      send("tick", { n: 1 });
      send(null, "still here");
      return () => undefined;
    }),
    eventStream("/broken-stream", ["manager"], () => {
      throw new Error(secret);
    }),
  ],
  { dashboards },
);
const post = (body: string, headers: Record<string, string> = {}) =>
  server.ask("/echo", undefined, { method: "POST", body, headers });

describe("errors are problem documents", () => {
  it.each(Object.entries(KINDS))("a refusal of the kind %s is %i", async (kind, status) => {
    const answer = { status, code: `a_${kind}` };
    expect(await problemIn(await server.ask(`/flow/${kind}`))).toEqual(answer);
  });

  it("bad input is 400, with every fault and no more of a value than helps", async () => {
    const response = await server.ask("/input");
    expect(response.status).toBe(400);
    const problem = (await response.json()) as { faults: { value: string }[] };
    expect(problem).toMatchObject({ code: "bad_day", faults: [{ code: "bad_day", path: "day" }] });
    expect(problem.faults[0]?.value.length).toBeLessThan(300);
  });

  it("bad query values are named one by one", async () => {
    const token = await server.token("manager");
    const response = await server.ask("/metrics?from=yesterday&by=moon&threshold=x", token);
    const { faults } = (await response.json()) as { faults: { path: string }[] };
    const paths = faults.map(({ path }) => path).sort();
    expect(paths).toEqual(["query.by.0", "query.from", "query.threshold"]);
  });

  it.each([["/broken"], ["/thrown-text"]])(
    "%s: our own mistake is 500 and tells nothing",
    async (path) => {
      const response = await server.ask(path);
      expect(response.status).toBe(500);
      expect(await response.json()).toEqual({
        type: "about:blank",
        title: "Internal error",
        status: 500,
        code: "internal_error",
      });
    },
  );

  it("our own mistake is in the log", async () => {
    server.log.length = 0;
    await server.ask("/broken");
    expect(server.log.join()).toContain(secret);
    expect(server.log.join()).toContain("/api/v1/broken");
  });

  it.each([
    ["/api/v1/nothing", "GET"],
    ["/api/v1/live", "POST"],
    ["/api/v2/session", "GET"],
    ["/api", "GET"],
  ])("%s by %s is no route", async (path, method) => {
    const response = await server.ask(path, undefined, { method });
    expect(await problemIn(response)).toEqual({ status: 404, code: "no_such_route" });
  });

  it("a path that is no text is 400", async () => {
    expect(await problemIn(await server.ask("/things/%E0%A4%A"))).toMatchObject({ status: 400 });
    const answer = { status: 400, code: "invalid_text" };
    expect(await problemIn(await server.ask("/things/%00"))).toEqual(answer);
  });

  it("an answer that cannot be had in the wanted form is 406", async () => {
    const headers = { accept: "image/png" };
    const response = await server.ask("/things/one", undefined, { headers });
    expect(await problemIn(response)).toEqual({ status: 406, code: "not_acceptable" });
  });

  it("an unforeseen status of the framework keeps its number", () => {
    expect(problemOf({ status: 418, type: "tea.pot" })).toMatchObject({
      status: 418,
      code: "tea_pot",
    });
    expect(problemOf({ status: 503 })).toMatchObject({ status: 500, code: "internal_error" });
  });
});

describe("bodies", () => {
  it("come back as they were sent", async () => {
    const text = "'; drop table contact; -- \" % \\ 客服 🙂";
    expect(await (await post(JSON.stringify({ text }))).json()).toEqual({ text });
  });

  it.each([
    ["{", 400, "entity_parse_failed"],
    ['"text"', 400, "entity_parse_failed"],
    ['{"text": 1}', 400, "invalid_input"],
    ['{"text": "\\u0000"}', 400, "invalid_text"],
    ['{"text": "\\ud800"}', 400, "invalid_text"],
    [`{"text": "${"x".repeat(1_100_000)}"}`, 413, "entity_too_large"],
  ])("%.20s is %i", async (body, status, code) => {
    expect(await problemIn(await post(body))).toEqual({ status, code });
  });

  it("of another type are 415, and none at all is no body", async () => {
    const xml = await post("<text/>", { "content-type": "application/xml" });
    expect(await problemIn(xml)).toEqual({ status: 415, code: "unsupported_media_type" });
    const none = await server.ask("/echo", undefined, { method: "POST" });
    expect(await problemIn(none)).toEqual({ status: 400, code: "invalid_input" });
  });

  it("may be nested deeper than a stack", async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const response = await post(`{"text": "x", "more": ${deep}}`);
    expect(response.status).toBeLessThan(500);
  });

  it("are not sent where there is nothing to say", async () => {
    const response = await server.ask("/gone", undefined, { method: "DELETE" });
    expect([response.status, await response.text()]).toEqual([204, ""]);
  });
});

describe("headers", () => {
  it("keep browsers careful", async () => {
    const { headers } = await server.ask("/things/one");
    expect(headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect(headers.get("x-powered-by")).toBeNull();
  });
});

describe("the dashboards", () => {
  const get = (path: string) => fetch(`${server.address}${path}`);

  it("are one page at every address of theirs, asked for anew each time", async () => {
    for (const path of ["/", "/managers", "/planners?from=2026-01-01", "/apiary"]) {
      const response = await get(path);
      expect([path, response.status, response.headers.get("cache-control")]).toEqual([
        path,
        200,
        "no-cache",
      ]);
      expect(await response.text()).toContain("<title>Muster</title>");
    }
  });

  it("have files that are kept for a year, and no other files", async () => {
    const file = await get("/assets/app-1a2b.js");
    expect(file.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(await problemIn(await get("/assets/none.js"))).toMatchObject({ status: 404 });
    const outside = await get("/assets/..%2f..%2f..%2fetc%2fpasswd");
    expect(await outside.text()).not.toContain("root:");
    expect(await problemIn(await fetch(server.address, { method: "POST" }))).toMatchObject({
      status: 404,
    });
  });
});

describe("streams", () => {
  it("send events and comments", async () => {
    const response = await server.ask("/ticks", await server.token("manager"));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let text = "";
    while (!text.includes("still")) text += new TextDecoder().decode((await reader.read()).value);
    expect(text).toBe('event: tick\ndata: {"n":1}\n\n: still here\n\n');
    await reader.cancel();
  });

  it("that fail to begin are cut off, and tell nothing", async () => {
    const response = await server.ask("/broken-stream", await server.token("manager"));
    await expect(response.text()).rejects.toThrow();
  });

  it("end when the token does", async () => {
    // A thousandth of a second before its end; the clock of the server stands still.
    const token = await server.token("manager", { days: 1 / 86_400_000 });
    const response = await server.ask("/ticks", token);
    expect(await response.text()).toContain("event: tick");
  });
});

describe("closing", () => {
  it("ends streams, lets running requests finish, and takes no more", async () => {
    const token = await server.token("manager");
    const stream = await server.ask("/ticks", token);
    const running = server.ask("/slow");
    await begun.reached;
    let isClosed = false;
    const closed = server.server.close().then(() => {
      isClosed = true;
    });
    expect(await stream.text()).toContain("event: tick");
    expect(isClosed).toBe(false);
    held.reach();
    expect(await (await running).json()).toEqual({ done: true });
    await closed;
    const socket = connect(server.server.port, "127.0.0.1");
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
    // Sooner than an idle connection is let go by Node itself, which is after 5 s.
  }, 3000);
});
