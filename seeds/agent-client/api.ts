/**
 * A small client of the HTTP API: a bounded number of requests a second, and patience with a server
 * that is away. What a server that is up answers is not asked again, but for 429 and 5xx.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../../src/http/contract/route.ts";

/** An answer of the server that is no success. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.name = "ApiRefusal";
    this.status = status;
    this.code = code;
  }
}

export interface Api {
  get<Answer>(path: string): Promise<Answer>;
  /** Sent again when no answer came: what it asks for must bear being done twice. */
  send<Answer>(method: "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answer>;
}

export interface ApiOptions {
  /** Such as http://127.0.0.1:8080 . */
  readonly address: string;
  readonly token: string;
  /** Ends every request and every wait. */
  readonly signal: AbortSignal;
  readonly requestsPerSecond?: number;
  /** Told once when the server goes away and once when it is back. */
  readonly onReach?: (reached: boolean) => void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8000;
/** A long poll takes 25 s at most; what takes longer than this hangs. */
const REQUEST_MS = 40_000;

/** @throws ApiRefusal for what the server refuses, AbortError once `signal` is aborted. */
export function apiOf(options: ApiOptions): Api {
  const { signal, onReach } = options;
  const turn = pacing(options.requestsPerSecond ?? 25, signal);
  let isReached = true;
  const reach = (reached: boolean): void => {
    if (reached !== isReached) onReach?.(reached);
    isReached = reached;
  };
  const send = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    for (let attempt = 0; ; attempt++) {
      await turn();
      const answer = await ask(options, method, path, body).catch((error: unknown) => {
        if (signal.aborted) throw error;
        return null;
      });
      if (answer !== null && answer.status < 500 && answer.status !== 429) {
        reach(true);
        if (answer.status < 300) return answer.content as Answer;
        const { code = "unknown" } = answer.content as Partial<Problem>;
        throw new ApiRefusal(answer.status, code);
      }
      reach(false);
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 6));
      // Not all of fifty agents at once when the server is back.
      await sleep(wait * (0.5 + Math.random()), undefined, { signal });
    }
  };
  return { get: (path) => send("GET", path), send };
}

/** One request with its whole answer: a server that dies half way through has not answered. */
async function ask(
  { address, token, signal }: ApiOptions,
  method: string,
  path: string,
  body?: object,
) {
  // By hand: in Node 20 every AbortSignal.any of a long-lived signal stays with it for good.
  const own = new AbortController();
  const abort = () => own.abort();
  const timer = setTimeout(abort, REQUEST_MS);
  signal.addEventListener("abort", abort, { once: true });
  try {
    signal.throwIfAborted();
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      signal: own.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const content: unknown = text === "" ? {} : JSON.parse(text);
    return { status: answer.status, content };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

/** Waits until the caller may go: one request every so many milliseconds, in order of asking. */
function pacing(perSecond: number, signal: AbortSignal): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1000 / perSecond;
    if (at > now) await sleep(at - now, undefined, { signal });
  };
}
