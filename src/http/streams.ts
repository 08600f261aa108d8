/** Server-sent events: a stream of the contract as one of Express. */

import type { Express } from "express";
import { contextFor } from "./bounds.ts";
import { HttpError } from "./errors.ts";
import type { Caller, MountedStream } from "./mount.ts";
import { namingOf } from "./naming.ts";
import { allowed, expressPath, goneSignal, type Rim } from "./routing.ts";

/** A client that does not read has this much waiting for it at most, then it is let go. */
const MOST_WAITING_BYTES = 4_000_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** How often it is asked whether the caller may still come in. */
const ASKED_EVERY_MS = 10_000;

/**
 * The stream ends when the client goes, the server stops or the caller's token or session expires; and
 * soon after it was revoked, or the account disabled.
 */
export function mountStream(app: Express, stream: MountedStream, rim: Rim): void {
  const { context, stopping } = rim;
  app.get(expressPath(stream.path), async (request, response) => {
    const caller = await allowed(request, stream.roles, context);
    const expired = new AbortController();
    const left = caller.expiresAt.getTime() - context.now().getTime();
    const timer = setTimeout(() => expired.abort(), Math.min(left, LONGEST_TIMER_MS));
    const signal = AbortSignal.any([stopping, goneSignal(response), expired.signal]);
    const asking = setInterval(() => {
      // An answer that cannot be had now, of a database that starts anew, is asked for again.
      allowed(request, stream.roles, context).then(
        (now) => {
          if (!isBoundAs(now, caller)) expired.abort();
        },
        (error: unknown) => {
          if (error instanceof HttpError) expired.abort();
        },
      );
    }, rim.streamsAskEveryMs ?? ASKED_EVERY_MS);
    response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.flushHeaders();
    const params = request.params as Record<string, string>;
    const send = (name: string | null, data: unknown) => {
      if (signal.aborted) return;
      response.write(name === null ? `: ${data}\n\n` : eventText(name, data));
      if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
    };
    const naming = namingOf(caller, request);
    const bounded = contextFor(context, caller, "read only");
    const who = { caller, context: bounded, naming };
    const input = { params, query: undefined, body: undefined, ...who, signal };
    try {
      const cleanUp = await stream.open(send, input);
      const end = () => {
        clearTimeout(timer);
        clearInterval(asking);
        cleanUp();
        response.end();
      };
      if (signal.aborted) end();
      else signal.addEventListener("abort", end, { once: true });
    } catch (error) {
      clearTimeout(timer);
      clearInterval(asking);
      throw error;
    }
  });
}

/** A stream shows what its caller might see when it began: another role or party begins another. */
function isBoundAs(now: Caller, then: Caller): boolean {
  return now.role === then.role && now.partyId === then.partyId && now.agentId === then.agentId;
}

function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
