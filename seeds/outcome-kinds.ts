/** Results worth paying for, by queue: how often, how soon, how sure, how much. */

import { QUEUES, type QueueName } from "./centre.ts";

export interface OutcomeKind {
  readonly action: string;
  /** Of the contacts that were resolved in the queue. */
  readonly share: number;
  /** Days from the contact to the result, between. */
  readonly days: readonly [number, number];
  /** Share that the attesting system confirms. */
  readonly verified: number;
  /** Median amount in yuan; null where it is no amount. */
  readonly yuan: number | null;
}

const KINDS: Readonly<Record<QueueName, readonly OutcomeKind[]>> = {
  cards: [
    { action: "card_replaced", share: 0.2, days: [0.8, 3], verified: 0.97, yuan: null },
    { action: "refund", share: 0.07, days: [0.1, 4], verified: 0.92, yuan: 260 },
  ],
  accounts: [
    { action: "details_updated", share: 0.18, days: [0, 0.05], verified: 0.98, yuan: null },
    { action: "refund", share: 0.04, days: [0.1, 4], verified: 0.92, yuan: 180 },
  ],
  loans: [
    { action: "application_completed", share: 0.16, days: [0.2, 6], verified: 0.88, yuan: null },
    { action: "early_repayment", share: 0.05, days: [1, 5], verified: 0.95, yuan: 21_000 },
  ],
  complaints: [{ action: "claim_settled", share: 0.38, days: [1, 10], verified: 0.86, yuan: 850 }],
  collections: [
    { action: "promise_kept", share: 0.3, days: [1, 10], verified: 0.7, yuan: null },
    { action: "amount_recovered", share: 0.24, days: [0.5, 9], verified: 0.93, yuan: 1900 },
  ],
  digital: [{ action: "access_restored", share: 0.3, days: [0, 0.02], verified: 0.97, yuan: null }],
  english: [{ action: "card_replaced", share: 0.12, days: [0.8, 3], verified: 0.97, yuan: null }],
};

export const OUTCOMES_BY_QUEUE: readonly (readonly OutcomeKind[])[] = QUEUES.map(
  (queue) => KINDS[queue],
);
