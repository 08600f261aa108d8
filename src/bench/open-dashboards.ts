/**
 * Dashboards that are open and live, as the server sees them: each is signed in, holds a stream of Live
 * and asks for what its page shows, when it opens and every so many seconds again.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** What each page asks for, beside who is signed in and what there is to filter by. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  managers: ["/spread?metric=meanHandleSeconds", "/metrics?by=agent", "/quality"],
  managersOfQueue: ["/spread?metric=firstContactResolution", "/metrics?by=agent", "/quality"],
  vendors: ["/metrics", "/metrics?by=party", "/metrics?by=party,week"],
  planners: ["/volume", "/metrics", "/metrics?by=hour"],
  live: ["/live"],
};
const EVERY_PAGE = ["/session", "/dimensions"];
const ASKED_AGAIN_EVERY_MS = 30_000;

export interface Dashboards {
  /** Milliseconds of each answer since the last call of this. Fails where one was not a success. */
  taken(): number[];
  /** Events of the streams so far. */
  events(): number;
  close(): Promise<void>;
}

export interface DashboardsWish {
  readonly address: string;
  readonly token: string;
  readonly count: number;
  readonly seed: number;
}

/** Opens so many, spread evenly over the time after which each asks again. */
export function openDashboards({ address, token, count, seed }: DashboardsWish): Dashboards {
  const closing = new AbortController();
  const { signal } = closing;
  const generator = xoroshiro128plus(seed);
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const pages = Object.values(PAGES);
  let milliseconds: number[] = [];
  let events = 0;
  let failure: unknown;
  const ask = async (path: string) => {
    const began = performance.now();
    const response = await fetch(`${address}/api/v1${path}`, { headers, signal });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    milliseconds.push(performance.now() - began);
  };
  const look = async (paths: readonly string[]) => {
    await sleep((generator.next() >>> 0) % ASKED_AGAIN_EVERY_MS, undefined, { signal });
    while (!signal.aborted) {
      // As a browser does: who is there first, then all that the page shows at once.
      await Promise.all(EVERY_PAGE.map(ask));
      await Promise.all(paths.map(ask));
      await sleep(ASKED_AGAIN_EVERY_MS, undefined, { signal });
    }
  };
  const listen = async () => {
    const accept = { ...headers, accept: "text/event-stream" };
    const response = await fetch(`${address}/api/v1/live/events`, { headers: accept, signal });
    if (!response.ok || response.body === null) throw new Error(`stream: ${response.status}`);
    for await (const piece of response.body) {
      events += Buffer.from(piece).toString().split("event: ").length - 1;
    }
    throw new Error("the server ended a stream");
  };
  const stands = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      if (!signal.aborted) failure ??= error;
    });
  const all = Array.from({ length: count }, (_, at) =>
    Promise.all([stands(look(pages[at % pages.length] ?? [])), stands(listen())]),
  );
  return {
    taken: () => {
      if (failure !== undefined) throw failure;
      const taken = milliseconds;
      milliseconds = [];
      return taken;
    },
    events: () => events,
    close: async () => {
      closing.abort();
      await Promise.all(all);
    },
  };
}
