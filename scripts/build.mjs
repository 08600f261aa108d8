import { ensureBuilt } from "./lib/build.mjs";
import { checkNode } from "./lib/node-version.mjs";

checkNode();
await ensureBuilt();
