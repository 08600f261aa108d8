/** A folder for a whole test file, gone when the file is over. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export function temporaryDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), "muster-http-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
