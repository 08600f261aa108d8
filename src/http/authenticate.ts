/** Who calls: an access token in the Authorization header or in the cookie of the dashboards. */

import type { Request } from "express";
import { whoHolds } from "../flows/access.ts";
import { HttpError } from "./errors.ts";
import type { Caller, RouteContext } from "./mount.ts";

export const COOKIE = "muster_token";

/** The caller of a request. @throws HttpError 401. */
export async function authenticate(request: Request, context: RouteContext): Promise<Caller> {
  const token = bearer(request) ?? cookie(request);
  if (token === null) throw new HttpError(401, "not_signed_in", "an access token is needed");
  return authenticateToken(token, context);
}

/** Whose token it is. @throws HttpError 401. */
export async function authenticateToken(token: string, context: RouteContext): Promise<Caller> {
  const user = await whoHolds(context.store, token, context.now());
  if (user === null) throw new HttpError(401, "invalid_token", "the token is unknown or expired");
  const { id, name, role, partyId, agentId, expiresAt } = user;
  return { userId: id, name, role, partyId, agentId, expiresAt };
}

function bearer(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "")?.[1] ?? null;
}

function cookie(request: Request): string | null {
  for (const part of request.get("cookie")?.split(";") ?? []) {
    const [name, value] = part.trim().split("=");
    // Our tokens need no escapes, so a value that has any is none of ours.
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}
