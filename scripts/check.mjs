// npm run check: what CI runs. Every step runs, so that one look shows all that is wrong.
import { existsSync } from "node:fs";
import { ensureBuilt } from "./lib/build.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { inRoot } from "./lib/root.mjs";
import { runNode } from "./lib/run.mjs";
import { say } from "./lib/say.mjs";
import { runTests, verdict } from "./lib/tests.mjs";

const TYPES = ["node_modules/typescript/bin/tsc", "--noEmit", "-p"];

const steps = [
  ["style (biome)", ["node_modules/@biomejs/biome/bin/biome", "check", "."]],
  ["types of the server", [...TYPES, "tsconfig.json"]],
];
if (existsSync(inRoot("dashboards", "tsconfig.json"))) {
  steps.push(["types of the dashboards", [...TYPES, "dashboards/tsconfig.json"]]);
}

checkNode();
await ensureBuilt();
const broken = [];
for (const [name, [script, ...args]] of steps) {
  say(name);
  if (runNode(inRoot(script), args) !== 0) broken.push(name);
}
const result = runTests(process.argv.slice(2));
for (const name of broken) say(`FAILED: ${name}`);
process.stdout.write(`${verdict(result)}\n`);
process.exitCode = result.ok && broken.length === 0 ? 0 : 1;
