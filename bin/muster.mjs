#!/usr/bin/env node
import { ensureBuilt } from "../scripts/lib/build.mjs";
import { runMuster } from "../scripts/lib/muster.mjs";
import { checkNode } from "../scripts/lib/node-version.mjs";

/** Commands that serve the dashboards; the others need not wait for them to be built. */
const SERVING = ["start", "serve", "demo"];

checkNode();
const words = process.argv.slice(2);
await ensureBuilt({ dashboards: SERVING.includes(words[0]) });
await runMuster(words);
