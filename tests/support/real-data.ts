/** The folder of real logs and benchmarks, which stay outside the project. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Null, said loudly, where there is none. */
export const REAL_DATA = ((): string | null => {
  const folder = resolve(ROOT, process.env.MUSTER_REAL_DATA ?? "../shared/data");
  if (existsSync(join(folder, "anonymous_bank"))) return folder;
  console.warn(`SKIPPED: no real data in ${folder}; name its folder in MUSTER_REAL_DATA`);
  return null;
})();

export function realFile(name: string): string {
  return join(REAL_DATA ?? "", name);
}
