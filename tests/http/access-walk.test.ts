/**
 * Every route that can be read, as every role that is bounded, with another party's ids: the answer is
 * the same as for ids that name nothing, and nothing in any answer is the other party's.
 */

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Role } from "../../src/domain/shared/vocabulary.ts";
import type { Route } from "../../src/http/contract/route.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { DAYS, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const NOTHING = "01900000-0000-7000-8000-000000000000";
/** Bank is the other party: Lotus has agents Cai and Dee, team Red and no contact in the queue loans. */
const FOREIGN_WORDS = /\b(Ann|Ben|Bank|Blue|loans)\b/;

async function uuidOf(table: string, name: string): Promise<string> {
  const { rows } = await store.pool.query(`select uuid from ${table} where name = $1`, [name]);
  return rows[0].uuid;
}

const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  party: [await uuidOf("party", "Bank")],
  team: [await uuidOf("team", "Blue")],
  agent: [await uuidOf("agent", "Ann"), await uuidOf("agent", "Ben")],
  queue: [await uuidOf("queue", "loans")],
};

const CALLERS = [
  ["vendor", { party: "Lotus" }],
  ["agent", { agent: "Dee" }],
] as const;

const reads = server.mounted.flatMap((one) =>
  one.kind === "route" && one.route.method === "get" ? [one.route] : [],
);

const keysOf = (route: Route): string[] =>
  Object.keys((route.query as { shape?: Record<string, z.ZodType> } | undefined)?.shape ?? {});

/** What a route must be told besides the filters, so that it answers at all. */
function basics(route: Route): Record<string, string> {
  const keys = keysOf(route);
  const given = { ...DAYS, metric: "cph", by: "agent", dimension: "agent" };
  return Object.fromEntries(Object.entries(given).filter(([key]) => keys.includes(key)));
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function answer(route: Route, token: string, more: Record<string, string>, id = NOTHING) {
  const path = route.path.replaceAll(/\{\w+\}/g, id);
  const query = new URLSearchParams({ ...basics(route), ...more });
  const response = await server.ask(`${path}?${query}`, token);
  return { status: response.status, body: await response.text() } satisfies Answer;
}

describe.each(CALLERS)("a %s", (role, of) => {
  const allowed = reads.filter(({ roles }) => roles === "anyone" || roles.includes(role as Role));

  it("may read something", () => expect(allowed.length).toBeGreaterThan(3));

  it.each(allowed.map((route) => [route.path, route] as const))(
    "learns nothing of another party from %s",
    async (_path, route) => {
      const token = await server.token(role, of);
      const plain = await answer(route, token, {});
      expect(plain.body.replaceAll(/"(title|label|summary|description)":"[^"]*"/g, "")).not.toMatch(
        FOREIGN_WORDS,
      );
      for (const [key, ids] of Object.entries(FOREIGN)) {
        if (!keysOf(route).includes(key)) continue;
        const unknown = await answer(route, token, { [key]: NOTHING });
        for (const id of ids) {
          expect(await answer(route, token, { [key]: id }), key).toEqual(unknown);
        }
      }
      if (!route.path.includes("{")) return;
      const unknown = await answer(route, token, {});
      for (const id of Object.values(FOREIGN).flat()) {
        const foreign = await answer(route, token, {}, id);
        expect(foreign.status, id).toBe(unknown.status);
        expect(foreign.body.replaceAll(id, NOTHING)).toBe(unknown.body);
      }
    },
  );
});
