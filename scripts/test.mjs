// npm test: all tests on every PostgreSQL there is. Further words go to vitest.
import { ensureBuilt } from "./lib/build.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { runTests, verdict } from "./lib/tests.mjs";

checkNode();
await ensureBuilt();
const result = runTests(process.argv.slice(2));
process.stdout.write(`${verdict(result)}\n`);
process.exitCode = result.ok ? 0 : 1;
