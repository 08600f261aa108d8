/** The ways into a session and out of it, as cookies that scripts cannot read. */

import type { Request, Response } from "express";
import { beginSession, type Session } from "../flows/accounts.ts";
import { authenticateToken, COOKIE, refuseCrossSite, sessionSecret } from "./authenticate.ts";
import { HttpError } from "./errors.ts";
import type { RouteContext, Visit } from "./mount.ts";

/**
 * Turns the printed link into a session, and the address into a plain one.
 *
 * @throws HttpError 400 without a token, 401 with a wrong one.
 */
export async function signIn(
  request: Request,
  response: Response,
  context: RouteContext,
): Promise<void> {
  const { token } = request.query;
  if (typeof token !== "string") {
    throw new HttpError(400, "missing_token", "the link has no token");
  }
  const { userId } = await authenticateToken(token, context);
  const session = await beginSession(context.store, userId, context.now(), token);
  visitOf(request, response).begin(session);
  response.set("Cache-Control", "no-store").redirect(303, "/");
}

/** What a handler may know and do of the cookie. */
export function visitOf(request: Request, response: Response): Visit {
  const options = {
    httpOnly: true,
    sameSite: "strict",
    secure: request.secure,
    path: "/",
  } as const;
  return {
    address: request.ip ?? "",
    secret: sessionSecret(request),
    refuseCrossSite: () => refuseCrossSite(request),
    begin: ({ secret, expiresAt }: Session) =>
      response.cookie(COOKIE, secret, { ...options, expires: expiresAt }),
    end: () => response.clearCookie(COOKIE, options),
  };
}
