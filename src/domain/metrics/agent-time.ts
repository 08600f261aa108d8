/**
 * What agents' time was spent as, and whether the parts add up.
 *
 * Signed-on time ought to be handling + available + aux, nothing else. Where it is, exactly,
 *   CPH signed-on = CPH on task × occupancy × (1 − aux share)
 * holds exactly: handled/handle × handle/(handle + available) × (signed-on − aux)/signed-on. Where it
 * is not, the two sides differ by the factor (signed-on − aux)/(handle + available), and
 * `timeBalance` says by how many seconds:
 * - above 0: signed-on time that no log explains (idle time not logged, a break nobody keyed in);
 * - below 0: the same minute counted twice (several chats at once), handling outside of signed-on
 *   time, or a contact that arrived on one day and was worked on the next.
 *
 * The tally holds 0 where no log tells, so a day's signed-on time with neither available nor aux
 * time in it, and more than was handled, is not "all busy" but a log that does not split its time.
 *
 * @example
 * timeBalance({ signedOnSeconds: 3600, availableSeconds: 600, auxSeconds: 300, scheduledSeconds: 0, paidSeconds: 0 }, 2000) // => { unexplainedSeconds: 700, unexplainedShare: 0.194444 }
 */

import type { GroupSums, TimeSums } from "../shared/tally.ts";

export interface TimeBalance {
  /** Signed-on less handling, available and aux: 0 when the parts add up. */
  readonly unexplainedSeconds: number;
  /** The same by signed-on time; null without any. */
  readonly unexplainedShare: number | null;
}

export function timeBalance(time: TimeSums, handleSeconds: number): TimeBalance {
  const { signedOnSeconds, availableSeconds, auxSeconds } = time;
  const unexplainedSeconds = signedOnSeconds - availableSeconds - auxSeconds - handleSeconds;
  const unexplainedShare = signedOnSeconds > 0 ? unexplainedSeconds / signedOnSeconds : null;
  return { unexplainedSeconds, unexplainedShare };
}

/** The group's time where it says signed-on time split into its parts; null where it does not. */
export function splitTime(group: GroupSums): TimeSums | null {
  const { time, contact } = group;
  if (time === null || time.signedOnSeconds <= 0) return null;
  const split = time.availableSeconds + time.auxSeconds > 0;
  return split || contact.handleSeconds >= time.signedOnSeconds ? time : null;
}
