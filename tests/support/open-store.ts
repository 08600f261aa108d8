/**
 * A program that opens the store of a data folder and holds it, for tests about processes: it says
 * "open <server pid>" on standard output, closes when its standard input ends, and then says "closed".
 */

import { openStore } from "../../src/store/connection.ts";
import { UNSAFE_AND_QUICK } from "../../src/store/embedded/settings.ts";

const [dataFolder = "", mode = "close"] = process.argv.slice(2);
const store = await openStore({
  dataFolder,
  settings: UNSAFE_AND_QUICK,
  say: (line) => process.stderr.write(`${line}\n`),
});
const { rows } = await store.pool.query(
  "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid",
);
process.stdout.write(`open ${rows[0].pid}\n`);
for await (const _ of process.stdin);
if (mode === "throw") throw new Error("thrown on purpose");
if (mode === "exit") process.exit(3);
await store.close();
process.stdout.write("closed\n");
