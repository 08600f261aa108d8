/**
 * What the store counts and the domain decides from: additive sums, nothing else.
 *
 * Every measure is a count, a sum or a sum of squares of integers, so parts add up to the whole
 * exactly and in any order. All are sums over some set of cells of the tallies; seconds are seconds,
 * survey points are thousandths of a point on the scale 1 to 5.
 */

/** Sums over cells of agent × local day × queue × channel × assisted. */
export interface ContactSums {
  readonly contacts: number;
  readonly handled: number;
  readonly abandoned: number;
  readonly redirected: number;
  readonly leftBeforeQueue: number;
  readonly phantom: number;
  readonly unfinished: number;
  readonly transferred: number;
  readonly talkSeconds: number;
  readonly holdSeconds: number;
  readonly wrapSeconds: number;
  readonly handleSeconds: number;
  readonly handleSecondsSquared: number;
  readonly answeredWaitSeconds: number;
  readonly abandonedWaitSeconds: number;
  readonly surveys: number;
  readonly surveyMilliPoints: number;
  readonly surveyMilliPointsSquared: number;
  readonly complaints: number;
  readonly complaintsUpheld: number;
  readonly actions: number;
  readonly actionsVerified: number;
  readonly handOffs: number;
  readonly ticketsResolved: number;
}

/** Windows in days within which another contact of the same customer is a repeat. */
export const REPEAT_WINDOWS = [1, 7, 14, 30] as const;
export type RepeatWindow = (typeof REPEAT_WINDOWS)[number];

/**
 * Handled contacts of known customers and how many were followed by another contact within the
 * window. Right-censored: only days on which the whole window has passed are in the sums.
 */
export interface RepeatSums {
  readonly customerKnown: number;
  readonly repeated: number;
}

/** Sums over agent × local day of what agents' time was spent as. Zero where no log says. */
export interface TimeSums {
  readonly signedOnSeconds: number;
  readonly availableSeconds: number;
  readonly auxSeconds: number;
  readonly scheduledSeconds: number;
  readonly paidSeconds: number;
}

/** Waiting times in seconds at which service level can be read exactly. */
export const SERVICE_THRESHOLDS = [10, 20, 30, 60, 120, 300] as const;
export type ServiceThreshold = (typeof SERVICE_THRESHOLDS)[number];

/** Sums over queue × channel × quarter of an hour. The `within` lists follow SERVICE_THRESHOLDS. */
export interface QueueSums {
  readonly offered: number;
  readonly handled: number;
  readonly abandoned: number;
  readonly redirected: number;
  readonly handleSeconds: number;
  readonly answeredWaitSeconds: number;
  readonly abandonedWaitSeconds: number;
  readonly answeredWithin: readonly number[];
  readonly abandonedWithin: readonly number[];
}

/** What was done and how long it was paid for under one cost rate. Prices are decimal strings. */
export interface RateSums {
  readonly perHour: string;
  readonly perContact: string;
  readonly perAction: string;
  readonly currency: string;
  readonly paidSeconds: number;
  readonly handled: number;
  readonly actionsVerified: number;
}

/**
 * One agent's worked days, as sums over days, for the ratio estimator of a rate (handled per hour).
 * `denominator` is the seconds of the day in the rate's denominator.
 */
export interface DayRatioSums {
  readonly days: number;
  readonly handled: number;
  readonly denominatorSeconds: number;
  readonly handledSquared: number;
  readonly denominatorSecondsSquared: number;
  readonly handledTimesDenominator: number;
}

/** All that is known of one group (an agent, a queue, a day, ...). null: not counted by that group. */
export interface GroupSums {
  readonly contact: ContactSums;
  readonly repeats: Readonly<Record<RepeatWindow, RepeatSums>>;
  readonly time: TimeSums | null;
  readonly queue: QueueSums | null;
  readonly rates: readonly RateSums[] | null;
  /** Agents who handled at least one contact: what suppression of small groups looks at. */
  readonly agents: number;
}
