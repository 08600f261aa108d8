import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { mayEnter } from "../../src/store/embedded/account.ts";
import { packagedNative, platformName } from "../../src/store/embedded/binaries.ts";
import {
  type EmbeddedOptions,
  type EmbeddedServer,
  startEmbedded,
} from "../../src/store/embedded/embedded.ts";
import { readNotes } from "../../src/store/embedded/postmaster.ts";
import { isAlive, processStart } from "../../src/store/embedded/process-identity.ts";
import { UNSAFE_AND_QUICK } from "../../src/store/embedded/settings.ts";
import { holdStore } from "../support/held-store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };
const checkout = fileURLToPath(new URL("../..", import.meta.url));

async function start(
  dataFolder: string,
  options: Partial<EmbeddedOptions> = {},
): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataFolder, settings: UNSAFE_AND_QUICK, ...options });
  onTestFinished(() => server.close());
  return server;
}

async function ask(server: EmbeddedServer, question: string): Promise<unknown> {
  const { host, port, user, password, database } = server;
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  try {
    const { rows } = await client.query(`select (${question}) as answer`);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

function serverPid(home: string): number {
  const notes = readNotes(join(home, "postgres"));
  expect(notes).not.toBeNull();
  return notes?.pid ?? 0;
}

describe("one process", () => {
  test("starts a server that only its own user can reach, and ends it", async () => {
    const data = temporaryFolder();
    const server = await start(data);
    expect(await ask(server, "current_setting('listen_addresses')")).toBe("");
    expect(await ask(server, "current_setting('data_checksums')")).toBe("on");
    expect(await ask(server, "current_setting('server_encoding')")).toBe("UTF8");
    expect(await ask(server, "current_setting('fsync')")).toBe("off");
    expect(await ask(server, "upper('strauß, 按效果付费, ÉTÉ') || lower('Ж')")).toContain("ж");
    expect(await ask(server, "select datlocale from pg_database where datname = 'muster'")).toBe(
      "C.UTF-8",
    );
    expect(statSync(server.host).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "postgres.password")).mode & 0o777).toBe(0o600);
    const pid = serverPid(data);
    await server.close();
    expect(processStart(pid)).toBeNull();
    expect(existsSync(server.host)).toBe(false);
    expect(readdirSync(join(data, "run", "users"))).toEqual([]);
    expect(existsSync(join(data, "run", "lock"))).toBe(false);
  });

  test("lets nobody in without the password", async () => {
    const server = await start(temporaryFolder());
    await expect(ask({ ...server, password: "guessed" }, "1")).rejects.toThrow(
      /password authentication failed/,
    );
  });

  test("keeps data from one start to the next, and shares one server between two stores", async () => {
    const data = temporaryFolder();
    const first = await start(data);
    await ask(first, "select 1 from (select set_config('x.y', 'z', false)) s");
    const second = await start(data);
    const pid = serverPid(data);
    await first.close();
    await first.close();
    expect(await ask(second, "pg_backend_pid() > 0")).toBe(true);
    expect(serverPid(data)).toBe(pid);
    await second.close();
    expect(processStart(pid)).toBeNull();
    const again = await start(data);
    expect(await ask(again, "current_database()")).toBe("muster");
  });
});

describe("several processes", () => {
  test("a second uses the server of the first and leaves it running", async () => {
    const data = temporaryFolder();
    const first = await holdStore(data);
    const second = await holdStore(data);
    expect(second.serverPid).toBe(first.serverPid);
    expect(await second.finish()).toBe(0);
    expect(processStart(first.serverPid)).not.toBeNull();
    expect(await first.finish()).toBe(0);
    expect(processStart(first.serverPid)).toBeNull();
  });

  test("the last to leave ends the server, whoever started it", async () => {
    const data = temporaryFolder();
    const first = await holdStore(data);
    const second = await holdStore(data);
    await first.finish();
    expect(processStart(first.serverPid)).not.toBeNull();
    await second.finish();
    expect(processStart(first.serverPid)).toBeNull();
  });

  test("a server that kill -9 left behind is taken over and ended", async () => {
    const data = temporaryFolder();
    const killed = await holdStore(data);
    expect(await killed.kill("SIGKILL")).toBe("SIGKILL");
    expect(processStart(killed.serverPid)).not.toBeNull();
    const next = await holdStore(data);
    expect(next.serverPid).toBe(killed.serverPid);
    expect(await next.finish()).toBe(0);
    expect(processStart(killed.serverPid)).toBeNull();
  });

  test("of starters that race, all get one server", async () => {
    const data = temporaryFolder();
    const stores = await Promise.all([holdStore(data), holdStore(data), holdStore(data)]);
    const pids = new Set(stores.map((store) => store.serverPid));
    expect(pids.size).toBe(1);
    expect(await Promise.all(stores.map((store) => store.finish()))).toEqual([0, 0, 0]);
    for (const pid of pids) expect(processStart(pid)).toBeNull();
  });

  test("a starter comes through while the last user is leaving", async () => {
    const data = temporaryFolder();
    const first = await holdStore(data);
    const [, second] = await Promise.all([first.finish(), holdStore(data)]);
    expect(processStart(second.serverPid)).not.toBeNull();
    await second.finish();
    expect(processStart(second.serverPid)).toBeNull();
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s ends the server too", async (signal, code) => {
    const store = await holdStore(temporaryFolder());
    expect(await store.kill(signal)).toBe(code);
    expect(processStart(store.serverPid)).toBeNull();
  });

  test.each([
    ["throw", 1],
    ["exit", 3],
  ] as const)("so does an end by %s", async (mode, code) => {
    const store = await holdStore(temporaryFolder(), { mode });
    expect(await store.finish()).toBe(code);
    expect(processStart(store.serverPid)).toBeNull();
  });

  test("the server does not get the Ctrl-C of a terminal", async () => {
    const store = await holdStore(temporaryFolder());
    const stat = readFileSync(`/proc/${store.serverPid}/stat`, "utf8");
    const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
    expect(session).toBe(store.serverPid);
    await store.finish();
  });
});

describe("what a crash leaves", () => {
  test("the notes of a dead server that name a process of somebody else", async () => {
    const data = temporaryFolder();
    await (await start(data)).close();
    const other = spawn("sleep", ["60"], isRoot ? NOBODY : {});
    onTestFinished(() => void other.kill());
    const cluster = join(data, "postgres");
    const notes = [other.pid, cluster, 1_700_000_000, 5432, "/tmp/muster-gone", "", "0 0", "ready"];
    writeFileSync(join(cluster, "postmaster.pid"), `${notes.join("\n")}\n`);
    const { uid, gid } = statSync(cluster);
    chownSync(join(cluster, "postmaster.pid"), uid, gid);
    const server = await start(data);
    expect(await ask(server, "1")).toBe(1);
    expect(serverPid(data)).not.toBe(other.pid);
    expect(other.exitCode).toBeNull();
  });

  test("a server that was itself killed", async () => {
    const data = temporaryFolder();
    const first = await holdStore(data);
    process.kill(first.serverPid, "SIGKILL");
    await first.kill("SIGKILL");
    const server = await start(data);
    expect(await ask(server, "1")).toBe(1);
    expect(serverPid(data)).not.toBe(first.serverPid);
  });

  test("locks and users of processes that are no more, or whose number another has", async () => {
    const data = temporaryFolder();
    await (await start(data)).close();
    const reused = JSON.stringify({ pid: process.pid, start: "another boot:1" });
    expect(isAlive(JSON.parse(reused))).toBe(false);
    for (const file of ["lock", "users/1.aaaa"]) writeFileSync(join(data, "run", file), reused);
    writeFileSync(join(data, "run", "users", "2.bbbb"), "{");
    const server = await start(data);
    const pid = serverPid(data);
    await server.close();
    expect(processStart(pid)).toBeNull();
  });

  test("half a cluster", async () => {
    const data = temporaryFolder();
    mkdirSync(join(data, "postgres.new", "base"), { recursive: true });
    expect(await ask(await start(data), "1")).toBe(1);
    expect(existsSync(join(data, "postgres.new"))).toBe(false);
  });
});

describe("root", () => {
  test.runIf(isRoot)("runs the server as nobody", async () => {
    const data = temporaryFolder();
    const lines: string[] = [];
    await start(data, { say: (line) => lines.push(line) });
    expect(statSync(`/proc/${serverPid(data)}`).uid).toBe(NOBODY.uid);
    expect(lines).toEqual([]);
  });

  test.runIf(isRoot)("works below a folder that only root may enter", async () => {
    const closed = temporaryFolder(0o700);
    const rootHome = join(temporaryFolder(), "homes");
    const native = join(closed, "package", "native");
    cpSync(packagedNative(platformName()), native, { recursive: true, verbatimSymlinks: true });
    chmodSync(native, 0o700);
    const lines: string[] = [];
    const options = { native, rootHomes: [rootHome], say: (line: string) => lines.push(line) };
    const server = await start(join(closed, "data"), options);
    expect(await ask(server, "1")).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(rootHome);
    const home = join(rootHome, readdirSync(rootHome)[0] ?? "");
    const pid = serverPid(home);
    await server.close();
    expect(processStart(pid)).toBeNull();
    // The second start finds the place again and says nothing.
    expect(await ask(await start(join(closed, "data"), options), "1")).toBe(1);
    expect(lines).toHaveLength(1);
  });

  test.runIf(isRoot)("uses the rights of the user whose data it is", async () => {
    const data = temporaryFolder();
    // User 1 has a name on every Unix (daemon), 54321 on none.
    chownSync(data, 1, 1);
    const server = await start(data);
    expect(statSync(`/proc/${serverPid(data)}`).uid).toBe(1);
    await server.close();
    const mounted = temporaryFolder();
    chownSync(mounted, 54_321, 54_321);
    await start(mounted);
    expect(statSync(`/proc/${serverPid(mounted)}`).uid).toBe(NOBODY.uid);
  });

  test.runIf(isRoot)("does not begin anew when the data is out of reach", async () => {
    const folder = temporaryFolder();
    const data = join(folder, "data");
    await (await start(data)).close();
    chmodSync(folder, 0o700);
    await expect(start(data)).rejects.toThrow(/the user that owns it may enter/);
  });
});

describe("an ordinary user", () => {
  test.runIf(isRoot && mayEnter(checkout, NOBODY))("needs nothing of root", async () => {
    const folder = temporaryFolder();
    chownSync(folder, NOBODY.uid, NOBODY.gid);
    const store = await holdStore(join(folder, "data"), { user: NOBODY });
    expect(statSync(`/proc/${store.serverPid}`).uid).toBe(NOBODY.uid);
    expect(await store.finish()).toBe(0);
    expect(store.errors()).toBe("");
    expect(processStart(store.serverPid)).toBeNull();
  });

  test.runIf(isRoot && mayEnter(checkout, NOBODY))("is told of a folder not its own", async () => {
    const folder = temporaryFolder();
    await expect(holdStore(join(folder, "data"), { user: NOBODY })).rejects.toThrow(
      /invalid MUSTER_DATA: .*, expected a folder that this user may make and write in/,
    );
  });
});

describe("programs", () => {
  test("links that npm could not pack are made", async () => {
    const native = join(temporaryFolder(), "native");
    cpSync(packagedNative(platformName()), native, { recursive: true, verbatimSymlinks: true });
    const list = readFileSync(join(native, "pg-symlinks.json"), "utf8");
    const links = JSON.parse(list) as { target: string }[];
    for (const { target } of links) rmSync(join(dirname(native), target), { force: true });
    expect(await ask(await start(temporaryFolder(), { native }), "1")).toBe(1);
    for (const { target } of links) expect(existsSync(join(dirname(native), target))).toBe(true);
  });

  test("a platform without a package is told what to do", () => {
    expect(() => packagedNative("linux-riscv64")).toThrow(
      /embedded PostgreSQL for linux-riscv64.*Install PostgreSQL 15 or newer.*DATABASE_URL=postgres/s,
    );
  });

  test.each([
    ["#!/bin/sh\necho 'postgres: libc.so.6: version GLIBC_2.99 not found' >&2\nexit 1\n", /GLIBC/],
    ["#!/lib/ld-of-another-libc.so\n", /ENOENT/],
    [Buffer.from("7f454c4602010100", "hex"), /ENOEXEC|EACCES|code \d+|rror|syntax|not found/],
  ])("programs that do not run here are told of (%#)", async (program, reason) => {
    const native = join(temporaryFolder(), "native");
    mkdirSync(join(native, "bin"), { recursive: true });
    writeFileSync(join(native, "bin", "postgres"), program, { mode: 0o755 });
    const started = start(temporaryFolder(), { native });
    await expect(started).rejects.toMatchObject({ code: "embedded_postgres_unfit" });
    await expect(started).rejects.toThrow(reason);
    await expect(started).rejects.toThrow(/DATABASE_URL=postgres:/);
  });

  test("data of another major version is refused and left alone", async () => {
    const data = temporaryFolder();
    await (await start(data)).close();
    writeFileSync(join(data, "postgres", "PG_VERSION"), "14\n");
    const started = start(data);
    await expect(started).rejects.toMatchObject({ code: "data_version" });
    await expect(started).rejects.toThrow(/data of PostgreSQL 14, expected data of PostgreSQL 1\d/);
    expect(readFileSync(join(data, "postgres", "PG_VERSION"), "utf8")).toBe("14\n");
  });
});
