/**
 * The files of a PostgreSQL that npm brought: the links npm could not pack, and a copy of the whole
 * for when the place npm put it in is out of the server's reach.
 */

import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/**
 * Makes the links that `pg-symlinks.json` lists and that are missing, which is what the package's
 * install script does where npm runs it. Throws where the folder may not be written.
 */
export function hydrateLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    // The list names paths from the package's folder, the one above; a copy has another.
    const file = join(native, relative("native", target));
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(target), source), file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Copies the files (0.2 s, 60 MB) to `target` in one step, readable by everybody. Once only. */
export function copyNative(native: string, target: string): void {
  if (existsSync(target)) return;
  const fresh = `${target}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  openToAll(fresh);
  hydrateLinks(fresh);
  renameSync(fresh, target);
  dropOthers(target);
}

/** Copies of versions gone by are 60 MB each. */
function dropOthers(target: string): void {
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith("native-") || name === basename(target)) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function openToAll(path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) {
    chmodSync(path, (stats.mode & 0o100) === 0 ? 0o644 : 0o755);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openToAll(join(path, name));
}
