/**
 * Plays the agents of the demo through the HTTP API and nothing else, so that Live moves: some 40
 * people and all AI agents sign on, take the work they are offered, and customers keep asking for
 * more.
 *
 * It outlives the server: while that is away it tries again, ever less often, and goes on when it
 * is back. Stopped by its signal, it signs everybody off as far as there is time.
 */

import { setMaxListeners } from "node:events";
import { liveAgent, presencePath } from "./agent-client/agent-life.ts";
import { apiOf } from "./agent-client/api.ts";
import { type Player, stageOf } from "./agent-client/cast.ts";
import { makeTasks } from "./agent-client/task-maker.ts";
import { stream } from "./random.ts";

export interface PlayOptions {
  /** Such as http://127.0.0.1:8080 . */
  readonly address: string;
  /** Of a user who may act for agents and make tasks: an administrator or manager. */
  readonly token: string;
  readonly signal: AbortSignal;
  readonly seed?: number;
  readonly humans?: number;
  /** How many times faster than real work. */
  readonly pace?: number;
  readonly requestsPerSecond?: number;
  readonly onNotice?: (text: string) => void;
}

const SIGN_OFF_MS = 2500;

/**
 * Resolves when the signal was aborted and everybody is signed off. @throws what no retry mends.
 */
export async function playAgents(options: PlayOptions): Promise<void> {
  const { signal, onNotice, seed = 1, humans = 40, pace = 12 } = options;
  // One that fails for good takes the others down with it; then the caller hears of it.
  const failing = new AbortController();
  const playing = AbortSignal.any([signal, failing.signal]);
  // Some two hundred waits hang on it, and each takes its listener away again.
  setMaxListeners(0, playing);
  const api = apiOf({
    ...options,
    signal: playing,
    onReach: (reached) => onNotice?.(reached ? "the server is back" : "the server is away"),
  });
  let players: readonly Player[] = [];
  try {
    const stage = await stageOf(api, seed, humans);
    players = stage.players;
    await Promise.all([
      makeTasks({ api, stage, chance: stream(seed, "client/tasks"), signal: playing }),
      ...players.map((player) => {
        const chance = stream(seed, "client/agent", player.id);
        return liveAgent({ api, player, chance, pace, signal: playing });
      }),
    ]);
  } catch (error) {
    // Every wait ends with an AbortError when we are told to stop: that is how it should end.
    if (!signal.aborted) throw error;
  } finally {
    failing.abort();
    await signOff(options, players);
  }
}

async function signOff(options: PlayOptions, players: readonly Player[]): Promise<void> {
  const signal = AbortSignal.timeout(SIGN_OFF_MS);
  setMaxListeners(0, signal);
  const api = apiOf({ ...options, signal, requestsPerSecond: 100 });
  // A server that is gone needs no farewell: it signs off who is not heard of.
  await Promise.allSettled(players.map((player) => api.send("DELETE", presencePath(player))));
}
