/** Alerts put away over HTTP: for the caller alone, and of thresholds it sees alone. */

import { describe, expect, it } from "vitest";
import * as notes from "../../src/http/contract/notes.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
const server = await startServer(store);
const manager = await server.token("manager");
const colleague = await server.token("manager");
const lotus = await server.token("vendor", { party: "Lotus" });
const lotusToo = await server.token("vendor", { party: "Lotus" });
const agent = await server.token("agent", { agent: "Dee" });

const post = (path: string, token: string, body: object) =>
  server.ask(path, token, { method: "POST", body: JSON.stringify(body) });

/** More than 10 handled contacts: every party of the centre has them, see CONTACTS. */
async function threshold(token: string): Promise<string> {
  const body = { metric: "handled", direction: "above", value: 10, days: 2, grouping: "party" };
  return ((await (await post("/thresholds", token, body)).json()) as { id: string }).id;
}

async function alertsOf(token: string, id: string) {
  const body = notes.alerts.response.parse(await (await server.ask("/alerts", token)).json());
  return body.rows.filter((row) => row.threshold === id);
}

const dismiss = (token: string, alerts: readonly object[]) =>
  post("/alerts/dismissals", token, { alerts });

describe("putting alerts away", () => {
  it("marks them for the caller, and for nobody else", async () => {
    const id = await threshold(manager);
    const [bank, lotusRow] = await alertsOf(manager, id);
    expect([bank?.group, lotusRow?.group]).toEqual(["Bank", "Lotus"]);
    expect((await dismiss(manager, [{ threshold: id, groupId: bank?.groupId }])).status).toBe(204);
    const marks = async (token: string) =>
      (await alertsOf(token, id)).map(({ dismissed }) => dismissed);
    expect(await marks(manager)).toEqual([true, false]);
    expect(await marks(colleague)).toEqual([false, false]);
  });

  it("is done by a vendor's account for itself, within its own bounds", async () => {
    const id = await threshold(lotus);
    const [own] = await alertsOf(lotus, id);
    expect(own?.group).toBe("Lotus");
    expect((await dismiss(lotus, [{ threshold: id, groupId: own?.groupId }])).status).toBe(204);
    expect(await alertsOf(lotus, id)).toMatchObject([{ dismissed: true }]);
    expect(await alertsOf(lotusToo, id)).toMatchObject([{ dismissed: false }]);
  });

  it("is refused of thresholds that the caller does not see, and then of all", async () => {
    const [others, own] = [await threshold(manager), await threshold(lotus)];
    const [mine] = await alertsOf(lotus, own);
    const both = [
      { threshold: own, groupId: mine?.groupId },
      { threshold: others, groupId: null },
    ];
    expect(await problemIn(await dismiss(lotus, both))).toEqual({
      status: 404,
      code: "unknown_threshold",
    });
    expect(await alertsOf(lotus, own)).toMatchObject([{ dismissed: false }]);
  });

  it("is nothing for an agent, and of nothing is no request", async () => {
    const refused = await problemIn(await dismiss(agent, [{ threshold: "x", groupId: null }]));
    expect(refused).toEqual({ status: 403, code: "role_not_allowed" });
    const none = await problemIn(await dismiss(manager, []));
    expect(none).toEqual({ status: 400, code: "invalid_input" });
  });

  it("stands in the log of changes", async () => {
    const { rows } = await store.pool.query(
      "select count(*)::int as count from audit_entry where action = 'post /alerts/dismissals'",
    );
    expect(rows[0].count).toBe(2);
  });
});
