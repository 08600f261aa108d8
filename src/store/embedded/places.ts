/**
 * Where everything of an embedded server lives. Most often that is the data folder itself. When root
 * starts Muster in a place that only root may enter, the server's user cannot get there: then its
 * data and binaries live where it can, and a pointer file in the data folder says where.
 */

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { inputError } from "../../domain/shared/errors.ts";
import { give, mayEnter, type ServerAccount, serverAccount } from "./account.ts";

/** Folders that root may use for servers of data folders nobody else can enter, best first. */
export const ROOT_HOMES: readonly string[] = ["/var/lib/muster", "/opt/muster", "/srv/muster"];

/** The places of one data folder, and the account that its server runs with. */
export interface Places {
  readonly data: string;
  readonly home: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly run: string;
  readonly users: string;
  readonly lock: string;
  readonly log: string;
  readonly account: ServerAccount;
}

/**
 * Finds, and on the first time makes, the places of a data folder. `say` is told once when they lie
 * elsewhere. Throws InputError `data_folder` when there is no place that fits.
 */
export function findPlaces(
  dataFolder: string,
  say: (line: string) => void,
  rootHomes: readonly string[] = ROOT_HOMES,
): Places {
  try {
    mkdirSync(dataFolder, { recursive: true });
    // One name for one folder: a running server is known by the path it was started with.
    const data = realpathSync(dataFolder);
    const account = serverAccount(data, join(data, "postgres"));
    const home = findHome(data, account, say, rootHomes);
    const run = join(home, "run");
    const users = join(run, "users");
    for (const folder of [run, users]) {
      if (existsSync(folder)) continue;
      mkdirSync(folder, { recursive: true });
      give(folder, account);
    }
    return {
      data,
      home,
      cluster: join(home, "postgres"),
      passwordFile: join(home, "postgres.password"),
      run,
      users,
      lock: join(run, "lock"),
      log: join(data, "postgres.log"),
      account,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    const expected = `a folder that this user may make and write in (${message})`;
    throw inputError({
      code: "data_folder",
      path: "MUSTER_DATA",
      value: resolve(dataFolder),
      expected,
    });
  }
}

function findHome(
  data: string,
  account: ServerAccount,
  say: (line: string) => void,
  rootHomes: readonly string[],
): string {
  const pointer = join(data, "postgres.location");
  if (existsSync(pointer)) return readPointer(data, pointer);
  if (mayEnter(data, account)) return data;
  if (existsSync(join(data, "postgres"))) {
    // An empty store elsewhere would look as if the data were lost.
    const expected =
      "its data where the user that owns it may enter; move it, or open the folders above it";
    throw inputError({ code: "data_folder", path: "MUSTER_DATA", value: data, expected });
  }
  const home = makeHome(data, account, rootHomes);
  writeFileSync(pointer, `${JSON.stringify({ folder: home })}\n`);
  say(`PostgreSQL does not run as root, and only root may enter ${data}: its data is in ${home}`);
  return home;
}

function readPointer(data: string, pointer: string): string {
  let folder: unknown;
  try {
    folder = (JSON.parse(readFileSync(pointer, "utf8")) as { folder?: unknown }).folder;
  } catch {
    folder = undefined;
  }
  if (typeof folder === "string" && existsSync(folder)) return folder;
  const expected =
    `the folder that holds the data of ${data}; bring it back, ` +
    `or delete ${pointer} to begin with an empty store`;
  throw inputError({ code: "data_folder", path: pointer, value: folder ?? "unreadable", expected });
}

function makeHome(data: string, account: ServerAccount, rootHomes: readonly string[]): string {
  const name = createHash("sha256").update(data).digest("hex").slice(0, 16);
  for (const base of rootHomes) {
    try {
      makeOpenFolder(base);
      const home = join(base, name);
      makeOpenFolder(home);
      if (mayEnter(home, account)) return home;
    } catch {
      // A read-only or odd place: the next one may do.
    }
  }
  const tried = rootHomes.join(", ");
  const expected = `a folder that user ${account?.uid} may enter (none of ${tried} could be made)`;
  throw inputError({ code: "data_folder", path: "MUSTER_DATA", value: data, expected });
}

/** A folder of root that everybody may enter and nobody else may write in. */
function makeOpenFolder(folder: string): void {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
  }
  const { uid, mode } = statSync(folder);
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${folder} is open to others`);
}
