/** A write sent twice is done once. */

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { route } from "../../src/http/contract/route.ts";
import { mount } from "../../src/http/mount.ts";
import { type Gate, gate } from "../jobs/ledger-support.ts";
import { testDatabase } from "../support/database.ts";
import { NOW, problemIn, startServer } from "./support.ts";

const store = await testDatabase();
/** How often the work was done, by what it was asked for. */
const done = new Map<string, number>();
let begun: Gate<void> = gate();
let held: Gate<void> | null = null;
const work = mount(
  route({
    method: "post",
    path: "/work",
    summary: "",
    roles: ["manager"],
    body: z.object({ what: z.string() }),
    response: z.unknown(),
    status: 201,
    idempotent: true,
  }),
  async ({ body }) => {
    done.set(body.what, (done.get(body.what) ?? 0) + 1);
    begun.reach();
    await held?.reached;
    if (body.what === "fails" && done.get("fails") === 1) throw new Error("once");
    return { what: body.what, times: done.get(body.what) };
  },
);
const server = await startServer(store, [work]);
const manager = await server.token("manager");

function send(what: string, key: string | null, token = manager): Promise<Response> {
  const headers: Record<string, string> = key === null ? {} : { "idempotency-key": key };
  const body = JSON.stringify({ what });
  return server.ask("/work", token, { method: "POST", body, headers });
}

describe("an Idempotency-Key", () => {
  it("gives the first answer again, and does the work once", async () => {
    const first = await send("once", "key-1");
    const second = await send("once", "key-1");
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await first.json()).toEqual({ what: "once", times: 1 });
    expect(await second.json()).toEqual({ what: "once", times: 1 });
    expect(done.get("once")).toBe(1);
  });

  it("does the work each time without one, and for each user of a key", async () => {
    await send("plain", null);
    await send("plain", null);
    expect(done.get("plain")).toBe(2);
    await send("shared", "key-2");
    await send("shared", "key-2", await server.token("manager"));
    expect(done.get("shared")).toBe(2);
  });

  it("used for another request is 422", async () => {
    await send("this", "key-3");
    const answer = { status: 422, code: "idempotency_key_reused" };
    expect(await problemIn(await send("that", "key-3"))).toEqual(answer);
    expect(done.has("that")).toBe(false);
  });

  it("whose request is still being answered is 409", async () => {
    begun = gate();
    held = gate();
    const first = send("slow", "key-4");
    await begun.reached;
    const answer = { status: 409, code: "request_in_progress" };
    expect(await problemIn(await send("slow", "key-4"))).toEqual(answer);
    held.reach();
    held = null;
    expect(await (await first).json()).toEqual({ what: "slow", times: 1 });
    expect(await (await send("slow", "key-4")).json()).toEqual({ what: "slow", times: 1 });
  });

  it("is free again after a failure", async () => {
    expect((await send("fails", "key-5")).status).toBe(500);
    expect((await send("fails", "key-5")).status).toBe(201);
  });

  it("that a killed process held falls to the same request after a minute", async () => {
    begun = gate();
    held = gate();
    const lost = send("killed", "key-6");
    await begun.reached;
    const age = (seconds: number) =>
      store.pool.query("update idempotency_key set created_at = $1 where key = 'key-6'", [
        new Date(NOW.getTime() - seconds * 1000),
      ]);
    const letGo = held;
    held = null;
    await age(59);
    expect((await send("killed", "key-6")).status).toBe(409);
    await age(61);
    expect((await send("other", "key-6")).status).toBe(422);
    expect((await send("killed", "key-6")).status).toBe(201);
    expect(done.get("killed")).toBe(2);
    letGo.reach();
    await lost;
  });

  it("is of 1 to 200 characters", async () => {
    for (const key of ["", "x".repeat(201)]) {
      const answer = { status: 400, code: "idempotency_key" };
      expect(await problemIn(await send("long", key))).toEqual(answer);
    }
    expect((await send("long", "x".repeat(200))).status).toBe(201);
  });

  it("makes tasks once on the real route", async () => {
    const tasks = [{ kind: "call back", channel: "call" }];
    const request = {
      method: "POST",
      body: JSON.stringify({ tasks }),
      headers: { "idempotency-key": "tasks" },
    };
    const [first, second] = [
      await server.ask("/tasks", manager, request),
      await server.ask("/tasks", manager, request),
    ];
    expect(await second.json()).toEqual(await first.json());
    const { rows } = await store.pool.query("select count(*)::int as count from task");
    expect(rows).toEqual([{ count: 1 }]);
  });
});
