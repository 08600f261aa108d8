/**
 * Whose rights the server gets. PostgreSQL refuses root, so root lends it those of another user: of
 * the one who owns the data already, else of `nobody`. Everybody else runs it with their own.
 */

import { lchownSync, lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The user and group to switch to; null to stay who we are. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | null;

/** The account for the server of a data folder and of the cluster that may be in it already. */
export function serverAccount(data: string, cluster: string): ServerAccount {
  if (process.getuid?.() !== 0) return null;
  const made = statSync(cluster, { throwIfNoEntry: false });
  if (made !== undefined && made.uid !== 0) return { uid: made.uid, gid: made.gid };
  const { uid, gid } = statSync(data);
  // A cluster is made by users that have a name only; the owner of a mounted folder may have none.
  return uid !== 0 && userList().some((user) => user.uid === uid) ? { uid, gid } : nobody();
}

/** Gives a file or folder to the account. Does not follow links. */
export function give(path: string, account: ServerAccount): void {
  if (account !== null) lchownSync(path, account.uid, account.gid);
}

/** The user that owns what the account makes, undefined on systems without user numbers. */
export function ownerOf(account: ServerAccount): number | undefined {
  return account?.uid ?? process.getuid?.();
}

/** Whether the account may enter an existing folder: every folder above it must let it pass. */
export function mayEnter(folder: string, account: ServerAccount): boolean {
  if (account === null) return true;
  let current = realpathSync(folder);
  while (true) {
    if (!mayPass(current, account)) return false;
    const above = dirname(current);
    if (above === current) return true;
    current = above;
  }
}

function mayPass(folder: string, account: { uid: number; gid: number }): boolean {
  const { mode, uid, gid } = lstatSync(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

function nobody(): { uid: number; gid: number } {
  const { uid = 65_534, gid = 65_534 } = userList().find(({ name }) => name === "nobody") ?? {};
  return { uid, gid };
}

function userList(): { name: string; uid: number; gid: number }[] {
  try {
    const lines = readFileSync("/etc/passwd", "utf8").split("\n");
    return lines.map((line) => {
      const [name = "", , uid, gid] = line.split(":");
      return { name, uid: Number(uid), gid: Number(gid) };
    });
  } catch {
    // A container made from scratch has no list.
    return [];
  }
}
