/** The data of an embedded server: made once, and never opened by another major version. */

import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inputError } from "../../domain/shared/errors.ts";
import { give } from "./account.ts";
import { type Binaries, programEnvironment } from "./binaries.ts";
import { onExit } from "./on-exit.ts";
import type { Places } from "./places.ts";

/** The superuser of the cluster, and the name of the store's database. */
export const CLUSTER_USER = "muster";

/**
 * Makes the cluster if there is none yet. `sync` false leaves it to the system when to write it to
 * disk (tests). Throws InputError `disk_full`, or `data_version` for data of another major version.
 */
export async function ensureCluster(
  places: Places,
  binaries: Binaries,
  options: { readonly sync: boolean },
): Promise<void> {
  if (existsSync(places.cluster)) {
    checkVersion(places, binaries.major);
    return;
  }
  // Made beside its place and moved there when whole, so that a crash leaves no half cluster.
  const fresh = `${places.cluster}.new`;
  rmSync(fresh, { recursive: true, force: true, maxRetries: 10 });
  mkdirSync(fresh, { mode: 0o700 });
  give(fresh, places.account);
  const password = randomBytes(24).toString("base64url");
  writeSecret(places.passwordFile, password, places);
  const forInitdb = join(places.run, "initdb-password");
  writeSecret(forInitdb, password, places);
  try {
    await runInitdb(binaries.initdb, fresh, forInitdb, places, options.sync);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(forInitdb, { force: true });
  }
  renameSync(fresh, places.cluster);
}

/** The password of `CLUSTER_USER`. */
export function clusterPassword(places: Places): string {
  try {
    return readFileSync(places.passwordFile, "utf8").trim();
  } catch (error) {
    throw inputError({
      code: "data_folder",
      path: places.passwordFile,
      value: (error as Error).message,
      expected: `the password of the database in ${places.cluster}, readable by this user`,
    });
  }
}

function writeSecret(file: string, secret: string, places: Places): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${secret}\n`, { flag: "wx", mode: 0o600 });
  give(file, places.account);
}

function checkVersion(places: Places, major: number): void {
  const file = join(places.cluster, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "an unknown version";
  if (found === String(major)) return;
  throw inputError({
    code: "data_version",
    path: places.cluster,
    value: `data of PostgreSQL ${found}`,
    expected:
      `data of PostgreSQL ${major}. Start the Muster that made it, back the store up with it ` +
      "(muster db backup) and restore it here, or name an empty folder in MUSTER_DATA",
  });
}

function runInitdb(
  initdb: string,
  folder: string,
  passwordFile: string,
  places: Places,
  sync: boolean,
): Promise<void> {
  const options = [
    ["-D", folder],
    ["--username", CLUSTER_USER],
    ["--pwfile", passwordFile],
    ["--auth", "scram-sha-256"],
    ["--encoding", "UTF8"],
    // Built in since 17: characters of all scripts, the same order on every system.
    ["--locale-provider", "builtin"],
    ["--builtin-locale", "C.UTF-8"],
    ["--locale", "C"],
    ["--data-checksums", "--no-instructions"],
    sync ? [] : ["--no-sync"],
  ].flat();
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, options, {
      cwd: "/",
      env: programEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      ...places.account,
    });
    const forget = onExit(() => child.kill("SIGINT"));
    let output = "";
    child.stdout.on("data", (piece: Buffer) => (output += piece));
    child.stderr.on("data", (piece: Buffer) => (output += piece));
    child.on("error", reject);
    child.on("close", (code) => {
      forget();
      if (code === 0) resolve();
      else reject(initdbError(output, folder));
    });
  });
}

function initdbError(output: string, folder: string): Error {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskFull(folder);
  if (/could not look up effective user ID/.test(output)) {
    return inputError({
      code: "user_without_name",
      path: "user",
      value: process.getuid?.(),
      expected: "a user that this system has a name for (/etc/passwd), or a server in DATABASE_URL",
    });
  }
  return new Error(`initdb could not make ${folder}:\n${output.trim()}`);
}

/** The error of a disk without room for the server's data. */
export function diskFull(folder: string): Error {
  return inputError({
    code: "disk_full",
    path: folder,
    value: "no space left on the disk",
    expected: "at least 200 MB free; make room, or name another folder in MUSTER_DATA",
  });
}
