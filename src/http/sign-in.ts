/** Turns the printed link into a cookie that scripts cannot read, and the address into a plain one. */

import type { Request, Response } from "express";
import { authenticateToken, COOKIE } from "./authenticate.ts";
import { HttpError } from "./errors.ts";
import type { RouteContext } from "./mount.ts";

/** @throws HttpError 400 without a token, 401 with a wrong one. */
export async function signIn(
  request: Request,
  response: Response,
  context: RouteContext,
): Promise<void> {
  const { token } = request.query;
  if (typeof token !== "string") {
    throw new HttpError(400, "missing_token", "the link has no token");
  }
  const { expiresAt } = await authenticateToken(token, context);
  response.cookie(COOKIE, token, {
    httpOnly: true,
    sameSite: "strict",
    secure: request.secure,
    expires: expiresAt,
    path: "/",
  });
  response.set("Cache-Control", "no-store").redirect(303, "/");
}
