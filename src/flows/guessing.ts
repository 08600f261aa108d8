/**
 * Guessing a password is slow for everybody: after a few failures under one name, or more from one address,
 * no password is even looked at until the oldest of them is a quarter of an hour old.
 */

import { type Failures, failuresSince, saveFailure, takeBackFailure } from "../store/accounts.ts";
import type { Queryable } from "../store/connection.ts";

const WINDOW_MS = 15 * 60_000;
const MOST_BY_NAME = 5;
/** A whole centre may sit behind one address. */
const MOST_BY_ADDRESS = 100;

export interface Guess {
  readonly name: string;
  /** From where, as the server sees it. */
  readonly address: string;
  readonly now: Date;
}

/**
 * Counts a guess as a failure, which a right one is forgiven, and says how long to wait until the next may
 * be looked at. Counted first: of a hundred that come at once no more are looked at than one by one.
 */
export async function secondsUntilGuess(db: Queryable, guess: Guess): Promise<number> {
  const { name, address, now } = guess;
  const failure = await saveFailure(db, { name, address, at: now });
  const since = new Date(now.getTime() - WINDOW_MS);
  const left = ({ count, earliest }: Failures, most: number) =>
    count <= most || earliest === null
      ? 0
      : Math.ceil((earliest.getTime() + WINDOW_MS - now.getTime()) / 1000);
  const byName = await failuresSince(db, { name }, since);
  const byAddress = await failuresSince(db, { address }, since);
  const seconds = Math.max(0, left(byName, MOST_BY_NAME), left(byAddress, MOST_BY_ADDRESS));
  // Who is not even looked at does not wait the longer for having asked.
  if (seconds > 0) await takeBackFailure(db, failure);
  return seconds;
}
