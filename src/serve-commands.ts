/** `muster serve`, `muster demo` and `muster start`, which is what `npm start` runs. */

import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { printLine } from "./cli/output.ts";
import { type Session, withSession } from "./cli/session.ts";
import type { Config } from "./config.ts";
import { DEMO_SEED, makeDemo } from "./demo.ts";
import { inputError } from "./domain/shared/errors.ts";
import { serve } from "./serve.ts";
import { isDemo, isEmpty, markDemo } from "./store/installation.ts";

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  /** False by `--no-agents`. */
  readonly agents: boolean;
  readonly seed: string;
}

export function serveCommands(program: Command, config: () => Config): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option("--port <port>", "0 takes any that is free")
      .option("--host <address>", "to listen on")
      .option("--no-agents", "in the demo: without the client that plays the agents")
      .option("--seed <number>", "of the demo centre", String(DEMO_SEED));
  command("serve", "API, dashboards, timetable and dispatcher").action((options: ServeOptions) =>
    withSession(config(), (session) => serveUntilStopped(session, options)),
  );
  command("start", "serve; on an empty store make the demo centre first").action(
    (options: ServeOptions) =>
      withSession(config(), async (session) => {
        if (await isEmpty(session.store.db)) await fillWithDemo(session, options);
        await serveUntilStopped(session, options);
      }),
  );
  command("demo", "make the demo centre in an empty store, then serve it").action(
    (options: ServeOptions) =>
      withSession(config(), async (session) => {
        if (!(await isEmpty(session.store.db))) {
          const expected = "an empty store; MUSTER_DATA names a folder for another one";
          throw inputError({ code: "store_not_empty", path: "store", expected });
        }
        await fillWithDemo(session, options);
        await serveUntilStopped(session, options);
      }),
  );
}

async function fillWithDemo(session: Session, options: ServeOptions): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isSafeInteger(seed)) {
    const expected = "a whole number";
    throw inputError({ code: "invalid_seed", path: "--seed", value: options.seed, expected });
  }
  process.stderr.write("The store is empty: making the demo centre.\n");
  await makeDemo(session, seed);
  await markDemo(session.store.db, { seed, madeAt: session.now().toISOString() });
}

async function serveUntilStopped(session: Session, options: ServeOptions): Promise<void> {
  const { config, store, signal } = session;
  const port = options.port === undefined ? config.port : portOf(options.port);
  const serving = await serve(session, { port, host: options.host ?? config.host });
  const player =
    options.agents && (await isDemo(store.db)) ? playAgents(serving.address, serving.token) : null;
  printLine(`Muster serves at ${serving.address}`);
  printLine(`Sign in: ${serving.signInLink}`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  process.stderr.write("Stopping: the running steps finish first.\n");
  await player?.stop();
  await serving.stop();
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  const expected = "a whole number from 0 to 65535";
  throw inputError({ code: "invalid_port", path: "--port", value: text, expected });
}

/** The client that plays the agents is a process of its own and knows nothing but the API. */
function playAgents(address: string, token: string): { stop(): Promise<void> } {
  const here = import.meta.url;
  const module = here.endsWith(".ts") ? "../seeds/play-agents.ts" : "../seeds/play-agents.js";
  const child: ChildProcess = fork(fileURLToPath(new URL(module, here)), [], {
    env: { ...process.env, MUSTER_PLAY_ADDRESS: address, MUSTER_PLAY_TOKEN: token },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    stop: async () => {
      if (child.exitCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}
