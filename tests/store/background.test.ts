/** Transactions in the background: their server process gives way, and no other one does. */

import { getPriority } from "node:os";
import { describe, expect, it } from "vitest";
import { inBackground } from "../../src/store/background.ts";
import { inTransaction } from "../../src/store/transaction.ts";
import { testDatabase } from "../support/database.ts";

const store = await testDatabase({ maxConnections: 2 });
const isLocal = process.platform === "linux" && !process.env.MUSTER_TEST_DATABASE_URL;

const backendOf = async (client: {
  query: (text: string) => Promise<{ rows: { pid: number }[] }>;
}) => (await client.query("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0;

describe("a transaction in the background", () => {
  it("commits what its work wrote, and nothing of work that failed", async () => {
    await store.pool.query("create table kept (n int)");
    const work = inBackground(store.pool, async (client) => {
      await client.query("insert into kept values (1)");
      return 7;
    });
    expect(await work).toBe(7);
    const failed = inBackground(store.pool, async (client) => {
      await client.query("insert into kept values (2)");
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await store.pool.query("select n from kept")).rows).toEqual([{ n: 1 }]);
  });

  it.skipIf(!isLocal)(
    "runs in a server process that gives way, which serves nobody after",
    async () => {
      const slow = await inBackground(store.pool, async (client) => {
        const pid = await backendOf(client as never);
        expect(getPriority(pid)).toBe(10);
        return pid;
      });
      for (let round = 0; round < 4; round++) {
        await inTransaction(store.pool, async (client) => {
          const pid = await backendOf(client as never);
          expect(pid).not.toBe(slow);
          expect(getPriority(pid)).toBe(0);
        });
      }
    },
  );

  it.skipIf(isLocal)("on a server that is reached by its address is an ordinary one", async () => {
    const first = await inBackground(store.pool, (client) => backendOf(client as never));
    const next = await inTransaction(store.pool, (client) => backendOf(client as never));
    expect(next).toBe(first);
  });
});
