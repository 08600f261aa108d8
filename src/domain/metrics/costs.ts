/**
 * What the work cost: by contact, by resolution, by verified action.
 *
 * cost = Σ over cost rates (price per hour × paid hours + price per contact × handled + price per
 * action × verified actions), exact in fractions. A unit cost is that cost by its count, rounded once,
 * half away from zero, to the currency's minor unit. Fully loaded: idle time that is paid for is in it.
 * - per contact: by the handled contacts of agents that have a rate
 * - per resolution: by those × first-contact resolution at 7 days
 * - per action: by their verified actions
 * Amounts of several currencies are never added. An hourly price with contacts but no paid time
 * logged would make the work look free, so it gives no cost at all.
 *
 * @example
 * costsOf({ rates: null, repeats: { 7: { customerKnown: 0, repeated: 0 } } }).perAction // => { amount: null, reason: "no_rates" }
 */

import {
  type Fraction,
  fraction,
  type Money,
  minorDigits,
  moneyOf,
  product,
  quotient,
  sum,
} from "../shared/money.ts";
import type { GroupSums, RateSums } from "../shared/tally.ts";
import { DEFAULT_REPEAT_WINDOW } from "./resolution.ts";

/** Why there is no amount. */
export type CostReason =
  | "no_rates"
  | "several_currencies"
  | "paid_time_unknown"
  | "resolution_unknown"
  | "nothing_to_divide_by";

/** An amount, or the reason why there is none. */
export type Cost =
  | { readonly amount: Money; readonly reason: null }
  | { readonly amount: null; readonly reason: CostReason };

export interface Costs {
  /** The one currency of the group's rates; null where there is none or more than one. */
  readonly currency: string | null;
  readonly total: Cost;
  readonly perContact: Cost;
  readonly perResolution: Cost;
  readonly perAction: Cost;
}

/** The costs of a group. @throws InputError when a rate's price or currency cannot be read. */
export function costsOf(group: Pick<GroupSums, "rates" | "repeats">): Costs {
  const rates = group.rates ?? [];
  const [currency = null, ...others] = new Set(rates.map((rate) => rate.currency));
  if (currency === null) return noCosts("no_rates", null);
  if (others.length > 0) return noCosts("several_currencies", null);
  if (rates.some(paidTimeUnknown)) return noCosts("paid_time_unknown", currency);
  const total = sum(rates.map(rateCost));
  const handled = counted(rates.map((rate) => rate.handled));
  const actions = counted(rates.map((rate) => rate.actionsVerified));
  const { customerKnown, repeated } = group.repeats[DEFAULT_REPEAT_WINDOW];
  const by = (count: Fraction): Cost =>
    count.numerator > 0n
      ? { amount: moneyOf(quotient(total, count), currency), reason: null }
      : noCost("nothing_to_divide_by");
  return {
    currency,
    total: { amount: moneyOf(total, currency), reason: null },
    perContact: by(handled),
    perResolution:
      customerKnown > 0
        ? by(product(handled, share(customerKnown - repeated, customerKnown)))
        : noCost("resolution_unknown"),
    perAction: by(actions),
  };
}

/** The amount in major units as a number, for charts; null where there is no amount. */
export function costNumber(cost: Cost): number | null {
  // One correctly rounded division of integers: the double nearest to the decimal amount.
  return cost.amount && Number(cost.amount.minor) / 10 ** minorDigits(cost.amount.currency);
}

function rateCost(rate: RateSums): Fraction {
  return sum([
    product(fraction(rate.perHour), share(rate.paidSeconds, 3600)),
    product(fraction(rate.perContact), fraction(rate.handled)),
    product(fraction(rate.perAction), fraction(rate.actionsVerified)),
  ]);
}

function paidTimeUnknown(rate: RateSums): boolean {
  return rate.paidSeconds === 0 && rate.handled > 0 && fraction(rate.perHour).numerator !== 0n;
}

function counted(counts: readonly number[]): Fraction {
  return sum(counts.map((count) => fraction(count)));
}

function share(part: number, whole: number): Fraction {
  return quotient(fraction(part), fraction(whole));
}

function noCost(reason: CostReason): Cost {
  return { amount: null, reason };
}

function noCosts(reason: CostReason, currency: string | null): Costs {
  const none = noCost(reason);
  return { currency, total: none, perContact: none, perResolution: none, perAction: none };
}
