/**
 * Amounts of money: decimal text to minor units of its currency, exact.
 */

import { isCurrency, minorDigits } from "../domain/shared/money.ts";
import { type FaultSink, report } from "./table-source.ts";

/** What the store holds of an amount: a whole number of 64 bits. */
const MOST_MINOR = 2n ** 63n - 1n;

/** Minor units of a currency, exact: no more decimals than the currency has. */
export function minorUnits(amount: string, currency: string | null, sink: FaultSink): bigint {
  if (currency === null || !isCurrency(currency)) {
    report(sink, "invalid_currency", "currency", currency ?? "", "a currency such as CNY");
    return 0n;
  }
  const places = minorDigits(currency);
  const [whole = "", decimals = ""] = amount.split(".");
  if (decimals.slice(places).replaceAll("0", "") !== "") {
    report(sink, "invalid_number", "amount", amount, `at most ${places} decimals`);
  }
  const minor = BigInt(whole.replace("+", "") + decimals.slice(0, places).padEnd(places, "0"));
  if (minor <= MOST_MINOR && minor >= -MOST_MINOR) return minor;
  report(sink, "invalid_number", "amount", amount, `at most ${MOST_MINOR} minor units`);
  return 0n;
}
