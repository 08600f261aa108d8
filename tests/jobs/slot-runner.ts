/**
 * A process that keeps a timetable of one job, for tests about several processes. It wakes without
 * pause, says "ran <slot>" for each run, or "begun" and hangs in mode `hang`; it ends with its
 * standard input.
 */

import { startTimetable } from "../../src/jobs/runner.ts";
import { openStore } from "../../src/store/connection.ts";
import { job } from "./ledger-support.ts";

const [url = "", name = "", now = "", mode = "run"] = process.argv.slice(2);
const store = await openStore({ databaseUrl: url, maxConnections: 3 });
const timetable = startTimetable({
  store,
  jobs: [
    job({
      name,
      cron: "* * * * * *",
      catchUp: "each",
      run: async ({ scheduledFor }) => {
        if (mode === "hang") {
          process.stdout.write("begun\n");
          await new Promise(() => undefined);
        }
        process.stdout.write(`ran ${scheduledFor.toISOString()}\n`);
        return {};
      },
    }),
  ],
  now: () => new Date(now),
  owner: `child:${process.pid}`,
  clock: (_cron, _zone, wake) => {
    let going = true;
    const again = () => {
      if (going) void wake().then(() => setImmediate(again));
    };
    again();
    return () => {
      going = false;
    };
  },
});
for await (const _ of process.stdin);
await timetable.stop();
await store.close();
