/**
 * Who calls: an access token in the Authorization header, or a session in the cookie of the dashboards.
 *
 * The cookie comes with whatever a browser sends here, so a change that it vouches for must say that it
 * comes from our own pages (Fetch Metadata, else Origin); another site's page cannot.
 */

import type { Request } from "express";
import { whoHolds } from "../flows/access.ts";
import { whoIsIn } from "../flows/accounts.ts";
import { HttpError } from "./errors.ts";
import type { Caller, RouteContext } from "./mount.ts";

export const COOKIE = "muster_session";

/** The caller of a request. @throws HttpError 401; 403 `cross_site`. */
export async function authenticate(request: Request, context: RouteContext): Promise<Caller> {
  const token = bearer(request);
  if (token !== null) return authenticateToken(token, context);
  const secret = sessionSecret(request);
  if (secret === null) throw new HttpError(401, "not_signed_in", "an access token is needed");
  const user = await whoIsIn(context.store, secret, context.now());
  if (user === null)
    throw new HttpError(401, "session_ended", "the session is unknown or has ended");
  refuseCrossSite(request);
  return callerOf(user);
}

/** Whose token it is. @throws HttpError 401. */
export async function authenticateToken(token: string, context: RouteContext): Promise<Caller> {
  const user = await whoHolds(context.store, token, context.now());
  if (user === null) throw new HttpError(401, "invalid_token", "the token is unknown or expired");
  return callerOf(user);
}

type Found = NonNullable<Awaited<ReturnType<typeof whoHolds>>>;

function callerOf({ id, name, role, partyId, agentId, expiresAt }: Found): Caller {
  return { userId: id, name, role, partyId, agentId, expiresAt };
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** @throws HttpError 403 `cross_site`, unless a request that changes something is from our own pages. */
export function refuseCrossSite(request: Request): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const isOurs =
    site === undefined ? origin !== undefined && isOwn(origin, request) : site === "same-origin";
  if (!isOurs)
    throw new HttpError(403, "cross_site", "a session changes things from its own pages only");
}

function isOwn(origin: string, request: Request): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.get("host");
}

function bearer(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1] ?? null;
}

/** The secret in the cookie, whether it is good or not. */
export function sessionSecret(request: Request): string | null {
  for (const part of request.get("cookie")?.split(";") ?? []) {
    const [name, value] = part.trim().split("=");
    // Our secrets need no escapes, so a value that has any is none of ours.
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}
