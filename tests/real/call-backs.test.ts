/**
 * Four real months in the store; the customers who hung up in the queue in the last days of April are
 * called back by agents of that centre, through kills of client and server.
 */

import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { makeCallBackTasks } from "../../src/flows/work/create-tasks.ts";
import { brokenLaws, NO_BROKEN_LAWS } from "../flows/work/floor.ts";
import { doneTasks, workThroughCrashes } from "../support/crashes.ts";
import { testDatabase } from "../support/database.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";

const store = await testDatabase();
const FILES = ["01_January", "02_February", "03_March", "04_April"].map((name) =>
  realFile(`anonymous_bank/${name}.txt.gz`),
);
const DAYS = { from: "1999-04-25", to: "1999-05-01" } as const;

/**
 * Customers whose latest call hung up on in the queue in the last six days of April was followed by none that was
 * answered: counted from the text by awk.
 */
function customersToCallBack(): number {
  const program = `function sec(t, p) { split(t, p, ":"); return p[1] * 3600 + p[2] * 60 + p[3] }
    $3 != "0" && $3 != "customer_id" {
      at = $6 * 100000 + sec($7)
      queued = !($10 == "0:00:00" && $12 == 0)
      if ($13 == "AGENT" && at > served[$3]) served[$3] = at
      if ($13 == "HANG" && queued && $6 >= 990425 && $6 <= 990430 && at > hung[$3]) hung[$3] = at }
    END { for (c in hung) if (!(c in served) || served[c] <= hung[c]) n++; print n }`;
  const out = execFileSync("sh", [
    "-c",
    'p="$1"; shift; gzip -dc "$@" | awk -F"\\t" "$p"',
    "sh",
    program,
    ...FILES,
  ]);
  return Number(out.toString());
}

describe.skipIf(REAL_DATA === null)("call-backs of the bank", () => {
  it("are each done exactly once, whatever is killed", async () => {
    for (const file of FILES) {
      await importFile(store, {
        file,
        format: "anonymous-bank",
        source: "bank",
        installationKey: new Uint8Array(32).fill(1),
        owner: "test",
        now: () => new Date(),
      });
    }
    const made = await makeCallBackTasks(store, { ...DAYS, now: new Date() });
    expect(made).toBe(customersToCallBack());
    expect(made).toBeGreaterThan(100);
    const { rows: agents } = await store.pool.query<{ uuid: string }>(
      `select uuid from agent join tally_agent_day t on t.agent_id = agent.id
       where t.local_day >= '1999-04-25' group by uuid order by sum(t.handled) desc limit 8`,
    );
    const heard = await workThroughCrashes({
      store,
      agents: agents.map(({ uuid }) => uuid),
      kills: ["client", "server", "server", "client"],
      betweenKills: 20,
    });
    expect(await brokenLaws(store)).toEqual(NO_BROKEN_LAWS);
    const tasks = await doneTasks(store);
    expect(tasks.filter(({ state, done }) => state !== "done" || done !== 1)).toEqual([]);
    expect(tasks).toHaveLength(made);
    const ids = new Set(tasks.map(({ task }) => task));
    expect([...heard].filter((task) => !ids.has(task))).toEqual([]);
  }, 120_000);
});
