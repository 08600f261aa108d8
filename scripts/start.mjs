// npm start: everything from a fresh clone to the dashboards.
import { ensureBuilt } from "./lib/build.mjs";
import { runMuster } from "./lib/muster.mjs";
import { checkNode } from "./lib/node-version.mjs";

checkNode();
await ensureBuilt();
await runMuster(["start", ...process.argv.slice(2)]);
