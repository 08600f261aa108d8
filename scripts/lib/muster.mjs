import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { endWithParent } from "./parent.mjs";
import { inRoot } from "./root.mjs";
import { refuse } from "./say.mjs";

/**
 * Runs the compiled `muster` with these words in this very process: signals, exit code and standard
 * streams are its own, and there is no parent that could die and leave it behind.
 */
export async function runMuster(words) {
  const main = inRoot("dist", "src", "main.js");
  if (!existsSync(main)) refuse("the build has no dist/src/main.js");
  endWithParent();
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], main, ...words];
  await import(pathToFileURL(main).href);
}
