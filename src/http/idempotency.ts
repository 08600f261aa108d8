/**
 * A write sent twice under one Idempotency-Key is done once, and the second answer is the first.
 *
 * The key is claimed before the work: a second request meanwhile is told to wait (409). A failure
 * frees the key, so that the same request may be tried again.
 */

import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Request } from "express";
import { HttpError } from "./errors.ts";
import type { Caller, RouteContext } from "./mount.ts";

interface Claim {
  readonly caller: Caller;
  readonly key: string;
  readonly request: Request;
  readonly status: number;
}

const LONGEST_KEY = 200;

export async function withIdempotency(
  { store, now }: RouteContext,
  { caller, key, request, status }: Claim,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  if (key.length > LONGEST_KEY) {
    throw new HttpError(400, "idempotency_key", `at most ${LONGEST_KEY} characters`);
  }
  const digest = createHash("sha256")
    .update(JSON.stringify([request.method, request.originalUrl, request.body ?? null]))
    .digest();
  const claimed = await store.db.execute(sql`
    insert into idempotency_key (user_id, key, request_digest, created_at)
    values (${caller.userId}, ${key}, ${digest}, ${now()})
    on conflict do nothing returning key`);
  if (claimed.rows.length === 0) return earlierAnswer(store, caller, key, digest);
  const mine = sql`user_id = ${caller.userId} and key = ${key}`;
  try {
    const body = await answer();
    await store.db.execute(sql`
      update idempotency_key set status = ${status}, response = ${JSON.stringify(body ?? null)}
      where ${mine}`);
    return body;
  } catch (error) {
    await store.db.execute(sql`delete from idempotency_key where ${mine}`);
    throw error;
  }
}

async function earlierAnswer(
  store: RouteContext["store"],
  caller: Caller,
  key: string,
  digest: Buffer,
): Promise<unknown> {
  const { rows } = await store.db.execute<Record<string, unknown>>(sql`
    select request_digest = ${digest} as same, status, response from idempotency_key
    where user_id = ${caller.userId} and key = ${key}`);
  const earlier = rows[0];
  if (earlier?.same === false) {
    throw new HttpError(422, "idempotency_key_reused", "the key was used for another request");
  }
  if (earlier === undefined || earlier.status === null) {
    throw new HttpError(409, "request_in_progress", "the same request is being answered");
  }
  return earlier.response;
}
