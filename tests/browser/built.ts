/** The built dashboards: `npm test` builds what is stale; a run of Vitest alone builds what is missing. */

import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = join(ROOT, "dist/dashboards");

export async function ensureDashboards(): Promise<void> {
  if (existsSync(join(FOLDER, "index.html"))) return;
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts/build.mjs")]);
}

/** Bytes of each asset as they travel, compressed. */
export function compressedAssets(): Map<string, number> {
  const names = readdirSync(join(FOLDER, "assets"));
  return new Map(
    names.map((name) => [name, gzipSync(readFileSync(join(FOLDER, "assets", name))).length]),
  );
}
