/** The change of a figure over HTTP: both sides are bound to what the caller may see. */

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { change } from "../../src/http/contract/compare.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { DAYS, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const manager = await server.token("manager");
const NOTHING = "01900000-0000-7000-8000-000000000000";
const DAY_ONE = { from: "2026-03-10", to: "2026-03-11" };

async function asked(token: string, query: Record<string, string>) {
  const response = await server.ask(`/change?${new URLSearchParams(query)}`, token);
  expect(response.status).toBe(200);
  return change.response.parse(await response.json()) satisfies z.output<typeof change.response>;
}

const partyId = async (name: string): Promise<string> => {
  const { rows } = await store.pool.query("select uuid from party where name = $1", [name]);
  return rows[0].uuid;
};

describe("GET /change", () => {
  it("asks a figure twice: waits of the one day and of the other", async () => {
    const found = await asked(manager, {
      ...{ metric: "averageSpeedOfAnswerSeconds", from: "2026-03-11", to: "2026-03-12" },
      ...{ againstFrom: DAY_ONE.from, againstTo: DAY_ONE.to },
    });
    // Contact i waits i % 40 seconds, those of even i come on the first day. Ann has 30, Ben 20, Cai
    // 25, Dee 6: even places sum to 210 + 90 + 156 + 6 over 41, odd ones to 225 + 100 + 144 + 9 over 40.
    expect(found.against.value).toBeCloseTo(462 / 41, 10);
    expect(found.now.value).toBeCloseTo(478 / 40, 10);
    expect(found).toMatchObject({ basis: "days", reason: "too_few", verdict: "cannot_be_told" });
  });

  it("tells nothing of four agents", async () => {
    const found = await asked(manager, { metric: "meanHandleSeconds", ...DAYS });
    expect(found).toMatchObject({ now: { value: null }, change: null, verdict: "cannot_be_told" });
  });

  it("refuses what is no metric or no id", async () => {
    const wrong = await server.ask("/change?metric=mood", manager);
    expect(await problemIn(wrong)).toMatchObject({ status: 400 });
    const id = await server.ask("/change?metric=occupancy&againstParty=Lotus", manager);
    expect(await problemIn(id)).toMatchObject({ status: 400 });
  });

  it.each([
    ["vendor", { party: "Lotus" }],
    ["agent", { agent: "Dee" }],
  ] as const)("gives a %s nothing of another party on either side", async (role, of) => {
    const token = await server.token(role, of);
    const bank = await partyId("Bank");
    const query = { metric: "averageSpeedOfAnswerSeconds", ...DAYS };
    for (const key of ["party", "againstParty"]) {
      const foreign = await asked(token, { ...query, [key]: bank });
      expect(foreign).toEqual(await asked(token, { ...query, [key]: NOTHING }));
      expect(foreign[key === "party" ? "now" : "against"]).toEqual({ value: null, n: 0 });
    }
  });
});
