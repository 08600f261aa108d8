/** How long things last in the world of work. Plain numbers in one place; tests make them short. */

export interface WorkSettings {
  /** An offer that nobody accepts goes back to the queue after this. */
  readonly offerSeconds: number;
  /**
   * Accepted work goes back after this, unless its agent is heard of: each sign of life renews it.
   */
  readonly workSeconds: number;
  /** An agent not heard of for this long is signed off. */
  readonly seenSeconds: number;
  /** What an agent gave back is not offered to the same agent for this long. */
  readonly declineSeconds: number;
  /** Tasks looked at in one dispatch, at most, of each need. */
  readonly dispatchLimit: number;
}

export const WORK_SETTINGS: WorkSettings = {
  offerSeconds: 30,
  workSeconds: 120,
  seenSeconds: 60,
  declineSeconds: 600,
  dispatchLimit: 500,
};

export function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}
