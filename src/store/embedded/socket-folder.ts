/**
 * The folder of the server's socket: short, because a socket's path may have about 104 characters,
 * and the server's own, because whoever made it could listen in. Made anew at every start under a
 * name nobody can foresee; the server's notes say which one it is.
 */

import { lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inputError } from "../../domain/shared/errors.ts";
import { give, ownerOf, type ServerAccount } from "./account.ts";

const PREFIX = "muster-";
/** PostgreSQL adds a name of 19 characters. */
const LONGEST_FOLDER = 80;

/** Makes a private folder for a server of the account. */
export function makeSocketFolder(account: ServerAccount): string {
  const long = tmpdir().length + PREFIX.length + 7 > LONGEST_FOLDER;
  const folder = mkdtempSync(join(long ? "/tmp" : tmpdir(), PREFIX));
  give(folder, account);
  return folder;
}

/** Removes a folder that `makeSocketFolder` made; leaves everything else alone. */
export function removeSocketFolder(folder: string): void {
  if (!folder.startsWith("/") || !basename(folder).startsWith(PREFIX)) return;
  rmSync(folder, { recursive: true, force: true });
}

/** Refuses a folder that is not private to the account. Throws InputError `socket_folder`. */
export function checkSocketFolder(folder: string, account: ServerAccount): void {
  if (!folder.startsWith("/")) return;
  const owner = ownerOf(account);
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  const own = stats?.isDirectory() === true && stats.uid === owner;
  if (own && (stats.mode & 0o077) === 0) return;
  throw inputError({
    code: "socket_folder",
    path: "socket folder",
    value: folder,
    expected: `a folder of mode 700 that belongs to user ${owner}; end the server, start again`,
  });
}
