/**
 * Ties a route of the contract to the function that answers it. The server turns a list of these into
 * Express routes; the handlers know neither Express nor status codes.
 */

import type { z } from "zod";
import type { Role } from "../domain/shared/vocabulary.ts";
import type { AgentNaming } from "../flows/read/naming.ts";
import type { Store } from "../store/connection.ts";
import type { Route } from "./contract/route.ts";

/** Who calls, as found by the access token. `partyId` and `agentId` bound what vendors and agents see. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly partyId: number | null;
  readonly agentId: number | null;
  readonly expiresAt: Date;
}

export interface RouteContext {
  /** Of a vendor's or an agent's request: bounded by the database to the rows it may see. */
  readonly store: Store;
  readonly now: () => Date;
}

/** The browser's session, for the few routes that begin or end one. */
export interface Visit {
  /** Where the request came from, as the server sees it. */
  readonly address: string;
  /** What its cookie holds, good or not. */
  readonly secret: string | null;
  /** @throws HttpError 403 `cross_site` for a change that another site's page asks for. */
  refuseCrossSite(): void;
  begin(session: { readonly secret: string; readonly expiresAt: Date }): void;
  end(): void;
}

/** The body of a route that takes a file. */
export interface IncomingFile {
  /** Can be read once. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** As the sender says; null where it does not. */
  readonly announcedBytes: number | null;
}

export interface HandlerInput<Query, Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Empty but for a route that takes one. */
  readonly file: IncomingFile;
  /** Routes for "anyone" have none. */
  readonly caller: Caller;
  readonly context: RouteContext;
  readonly visit: Visit;
  /** The version that the caller looked at before it asked for a change; empty where none is wanted. */
  readonly ifMatch: string;
  /** Tells whose figures stand in the answer: it is kept who saw them, or there is no answer. */
  readonly shows: (agents: Iterable<string>) => void;
  /** The same of very many, by the store's ids. */
  readonly showsMany: (agentIds: readonly number[]) => void;
  /** The answer is to be a file of rows, not JSON: it has all of them. */
  readonly isFile: boolean;
  /** How agents are called in this answer. */
  readonly naming: AgentNaming;
  /** Aborts when the client has gone or the server stops. */
  readonly signal: AbortSignal;
}

type Output<T> = [NonNullable<T>] extends [z.ZodType] ? z.output<NonNullable<T>> : undefined;

/** An answer with so many rows that they are made, and sent, a piece at a time. */
export interface InPieces {
  /** All of the answer but its rows. */
  readonly head: Readonly<Record<string, unknown>>;
  readonly pieces: AsyncIterable<readonly object[]>;
  /** Columns of text and of truth values; numbers stand in all others. */
  readonly texts: readonly string[];
  readonly truths: readonly string[];
}

export type Handler<R extends Route> = (
  input: HandlerInput<Output<R["query"]>, Output<R["body"]>>,
) => Promise<z.input<R["response"]> | InPieces>;

export interface MountedRoute {
  readonly kind: "route";
  readonly route: Route;
  readonly handle: Handler<Route>;
  /** Those who ask the same of the same data get one answer: see `answers.ts`. */
  readonly shared?: boolean;
}

/** Sends one event: its name and its data, which travels as JSON. A null name sends a comment. */
export type SendEvent = (name: string | null, data: unknown) => void;

export interface MountedStream {
  readonly kind: "stream";
  /** Below /api/v1, answers `text/event-stream`. */
  readonly path: string;
  readonly roles: readonly Role[];
  /** Begins to send; what it returns is called when the client goes or the server stops. */
  readonly open: (
    send: SendEvent,
    input: Omit<
      HandlerInput<undefined, undefined>,
      "visit" | "ifMatch" | "shows" | "showsMany" | "isFile" | "file"
    >,
  ) => Promise<() => void> | (() => void);
}

export type Mounted = MountedRoute | MountedStream;

export function mount<R extends Route>(route: R, handle: Handler<R>): MountedRoute {
  return { kind: "route", route, handle: handle as unknown as Handler<Route> };
}

/**
 * A route whose answer is the same for all who ask with the same question, rights and words, in the same
 * quarter of an hour, until data changes. Its handler looks at nothing else of its caller and of the time.
 */
export function mountShared<R extends Route>(route: R, handle: Handler<R>): MountedRoute {
  return { ...mount(route, handle), shared: true };
}

export function eventStream(
  path: string,
  roles: readonly Role[],
  open: MountedStream["open"],
): MountedStream {
  return { kind: "stream", path, roles, open };
}
