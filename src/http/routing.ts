/** From a route of the contract to one of Express: who may call, what goes in, what comes out. */

import type { Express, Request, Response } from "express";
import type { Role } from "../domain/shared/vocabulary.ts";
import { keepIndividualView } from "../flows/individual-views.ts";
import { saveAudit } from "../store/audit.ts";
import type { Answers } from "./answers.ts";
import { authenticate } from "./authenticate.ts";
import { contextFor } from "./bounds.ts";
import type { Route } from "./contract/route.ts";
import { HttpError } from "./errors.ts";
import { withIdempotency } from "./idempotency.ts";
import { fileIn, NO_FILE } from "./incoming-file.ts";
import { checkedParams, parsed } from "./input.ts";
import type { Caller, MountedRoute, RouteContext } from "./mount.ts";
import { namingOf } from "./naming.ts";
import { isInPieces, sendPieces } from "./pieces.ts";
import { asksForFile, sendBody, sendJson, wantsJson } from "./representations.ts";
import { sharedAnswer } from "./shared-answer.ts";
import { visitOf } from "./sign-in.ts";

export const API = "/api/v1";

/** What every mounted route shares. */
export interface Rim {
  readonly context: RouteContext;
  /** Fires when the server stops. */
  readonly stopping: AbortSignal;
  readonly answers: Answers;
  /** How often a stream asks whether its caller may still come in; 10 s where it is not said. */
  readonly streamsAskEveryMs?: number | undefined;
}

const NOBODY: Caller = {
  userId: "",
  name: "",
  role: "agent",
  partyId: null,
  agentId: null,
  expiresAt: new Date(0),
};

export function mountRoute(app: Express, mounted: MountedRoute, rim: Rim): void {
  const { context, stopping } = rim;
  const { route, handle, shared } = mounted;
  app[route.method](expressPath(route.path), async (request: Request, response: Response) => {
    const caller = route.roles === "anyone" ? NOBODY : await allowed(request, route.roles, context);
    const whole = route.roles === "anyone" || route.wholeStore !== undefined;
    const access = route.method === "get" ? "read only" : "read write";
    const shown = new Set<string>();
    const shownIds: number[] = [];
    const input = {
      params: checkedParams(request),
      query: route.query && parsed(route.query, request.query, "query"),
      body: route.body && parsed(route.body, request.body ?? {}, "body"),
      file: route.bytes === true ? fileIn(request, response) : NO_FILE,
      caller,
      context: whole ? context : contextFor(context, caller, access),
      visit: visitOf(request, response),
      ifMatch: versionIn(request, route),
      naming: namingOf(caller, request),
      shows: (agents: Iterable<string>) => {
        for (const agent of agents) shown.add(agent);
      },
      showsMany: (agentIds: readonly number[]) => {
        for (const id of agentIds) shownIds.push(id);
      },
      isFile: asksForFile(request, route),
      signal: AbortSignal.any([stopping, goneSignal(response)]),
    };
    // By our own connection: whom one looked at is not for whoever looked to write, or to leave out.
    const keepViews = (agents: ReadonlySet<string>, agentIds: readonly number[] = []) => {
      const looked = { caller, route: route.path, query: input.query, at: context.now() };
      return keepIndividualView(context.store.db, { ...looked, agents, agentIds });
    };
    if (shared === true && wantsJson(request, route)) {
      const made = await sharedAnswer(mounted, input, rim);
      await keepViews(made.shown, made.shownIds);
      sendJson(response, made.json, route);
      return;
    }
    const answer = () => handle(input);
    const status = route.status ?? 200;
    const key = request.get("idempotency-key");
    const body =
      route.idempotent === true && key !== undefined
        ? await withIdempotency(context, { caller, key, request, status }, answer)
        : await answer();
    if (route.audited === true) await audit(route, { caller, params: input.params, context });
    await keepViews(shown, shownIds);
    const version = (body as { readonly etag?: unknown } | null)?.etag;
    if (typeof version === "string") response.set("ETag", version);
    if (status === 204) response.status(204).end();
    else if (isInPieces(body)) await sendPieces(request, response.status(status), body, route);
    else sendBody(request, response.status(status), body, route);
  });
}

/** The If-Match header. @throws HttpError 428 where the change wants it and it is not there (RFC 6585). */
function versionIn(request: Request, { versioned }: Route): string {
  const version = request.get("if-match") ?? "";
  if (version !== "" || versioned !== true) return version;
  throw new HttpError(428, "if_match_required", "say in If-Match which version is to be changed");
}

async function audit(
  route: Route,
  by: {
    readonly caller: Caller;
    readonly params: Readonly<Record<string, string>>;
    readonly context: RouteContext;
  },
): Promise<void> {
  await saveAudit(by.context.store.db, {
    at: by.context.now(),
    userId: by.caller.userId,
    action: `${route.method} ${route.path}`,
    subject: Object.values(by.params).join(" ") || null,
  });
}

/** The caller, when its role may call. @throws HttpError 401, 403. */
export async function allowed(
  request: Request,
  roles: readonly Role[],
  context: RouteContext,
): Promise<Caller> {
  const caller = await authenticate(request, context);
  if (!roles.includes(caller.role)) {
    throw new HttpError(403, "role_not_allowed", `not for the role ${caller.role}`);
  }
  return caller;
}

/** Fires when the client has gone before it was answered. */
export function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort(new Error("the client has gone")));
  return gone.signal;
}

export function expressPath(path: string): string {
  return `${API}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
}
