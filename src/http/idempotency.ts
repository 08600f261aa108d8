/**
 * A write sent twice under one Idempotency-Key is done once, and the second answer is the first.
 *
 * The key is claimed before the work: a second request meanwhile is told to wait (409). A failure
 * frees the key, so that the same request may be tried again. The claim of a process that was killed
 * meanwhile falls to the next who sends the same request after a minute.
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
const ABANDONED_MS = 60_000;

export async function withIdempotency(
  { store, now }: RouteContext,
  { caller, key, request, status }: Claim,
  answer: () => Promise<unknown>,
): Promise<unknown> {
  if (key.length === 0 || key.length > LONGEST_KEY) {
    throw new HttpError(400, "idempotency_key", `1 to ${LONGEST_KEY} characters`);
  }
  const digest = createHash("sha256")
    .update(JSON.stringify([request.method, request.originalUrl, request.body ?? null]))
    .digest();
  const abandoned = new Date(now().getTime() - ABANDONED_MS);
  const claimed = await store.db.execute(sql`
    insert into idempotency_key as claim (user_id, key, request_digest, created_at)
    values (${caller.userId}, ${key}, ${digest}, ${now()})
    on conflict (user_id, key) do update set created_at = excluded.created_at
    where claim.status is null and claim.created_at < ${abandoned}
      and claim.request_digest = excluded.request_digest
    returning key`);
  if (claimed.rows.length === 0) return earlierAnswer(store, caller, key, digest);
  const mine = sql`user_id = ${caller.userId} and key = ${key}`;
  const body = await answer().catch(async (error: unknown) => {
    await store.db.execute(sql`delete from idempotency_key where ${mine}`);
    throw error;
  });
  await store.db.execute(sql`
    update idempotency_key set status = ${status}, response = ${JSON.stringify(body ?? null)}
    where ${mine}`);
  return body;
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
