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
  const user = await whoHolds(context.store, token, context.now());
  if (user === null) throw new HttpError(401, "invalid_token", "the token is unknown or expired");
  const { id, name, role, partyId, agentId, expiresAt } = user;
  return { userId: id, name, role, partyId, agentId, expiresAt };
}

function bearer(request: Request): string | null {
  const header = request.get("authorization");
  return header?.startsWith("Bearer ") === true ? header.slice("Bearer ".length) : null;
}

function cookie(request: Request): string | null {
  for (const part of request.get("cookie")?.split(";") ?? []) {
    const [name, value] = part.trim().split("=");
    if (name === COOKIE && value !== undefined) return decodeURIComponent(value);
  }
  return null;
}
