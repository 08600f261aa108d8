/** Starting the server process of a cluster. The lock of the data folder is held meanwhile. */

import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Binaries, programEnvironment } from "./binaries.ts";
import { diskFull } from "./cluster.ts";
import { onExit } from "./on-exit.ts";
import type { Places } from "./places.ts";
import { disownNotes, type Postmaster, readNotes, runningPostmaster } from "./postmaster.ts";
import { type ServerSettings, settingArguments } from "./settings.ts";
import { makeSocketFolder, removeSocketFolder } from "./socket-folder.ts";

const LONGEST_LOG_BYTES = 10 * 1024 * 1024;
/** Processes of a server that was killed need a moment to notice. */
const LEFTOVERS_MILLISECONDS = 15_000;

/** Starts the server and waits until it takes connections; after a crash that may be minutes. */
export async function launch(
  places: Places,
  binaries: Binaries,
  settings: ServerSettings,
): Promise<Postmaster> {
  const until = Date.now() + LEFTOVERS_MILLISECONDS;
  removeSocketFolder(readNotes(places.cluster)?.host ?? "");
  while (true) {
    // A process killed while starting one leaves a server that turns up only now.
    const running = runningPostmaster(places.cluster);
    if (running !== null) return running;
    disownNotes(places.cluster);
    rotateLog(places.log);
    const before = sizeOf(places.log);
    const started =
      process.platform === "win32"
        ? await launchByPgCtl(places, binaries, settings)
        : await launchDirectly(places, binaries, settings);
    if (started !== null) return started;
    const said = readFileSync(places.log).subarray(before).toString().trim();
    if (/No space left on device/.test(said)) throw diskFull(places.cluster);
    const leftovers = /pre-existing shared memory block|another postmaster/.test(said);
    if (!leftovers || Date.now() > until) {
      throw new Error(`PostgreSQL did not start in ${places.cluster}:\n${said}`);
    }
    await sleep(200);
  }
}

async function launchDirectly(
  places: Places,
  binaries: Binaries,
  settings: ServerSettings,
): Promise<Postmaster | null> {
  const sockets = makeSocketFolder(places.account);
  const log = openLog(places.log);
  const ours = ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"];
  const words = ["-D", places.cluster, "-k", sockets, ...settingArguments(settings), ...ours];
  // A session of its own: Ctrl-C at the terminal is meant for Muster, which ends the server itself.
  const child = spawn(binaries.postgres, words, {
    cwd: "/",
    env: programEnvironment(),
    stdio: ["ignore", log, log],
    detached: true,
    ...places.account,
  });
  closeSync(log);
  child.unref();
  const forget = onExit(() => child.kill("SIGINT"));
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  child.once("exit", end);
  child.once("error", end);
  while (!ended) {
    const notes = readNotes(places.cluster);
    if (notes !== null && notes.pid === child.pid && notes.ready) {
      forget();
      return notes;
    }
    await sleep(10);
  }
  forget();
  removeSocketFolder(sockets);
  return null;
}

/** On Windows pg_ctl is what gives up an administrator's rights. */
async function launchByPgCtl(
  places: Places,
  binaries: Binaries,
  settings: ServerSettings,
): Promise<Postmaster | null> {
  const port = await freePort();
  const options = settingArguments(settings)
    .concat("-c", "listen_addresses=127.0.0.1", "-p", String(port))
    .map((word) => (word.includes(" ") ? `"${word}"` : word))
    .join(" ");
  const words = ["start", "-w", "-t", "600", "-D", places.cluster, "-l", places.log, "-o", options];
  spawnSync(binaries.pgCtl, words, { env: programEnvironment(), stdio: "ignore" });
  return runningPostmaster(places.cluster);
}

/** Links are not followed: root may write a log into a folder of somebody else. */
function openLog(file: string): number {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  return openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o640);
}

function rotateLog(file: string): void {
  if (sizeOf(file) > LONGEST_LOG_BYTES) renameSync(file, `${file}.1`);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
