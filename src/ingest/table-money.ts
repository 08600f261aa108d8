/**
 * Amounts of money: decimal text to minor units of its currency, exact.
 */

import { type FaultSink, report } from "./table-source.ts";

/** What the store holds of an amount: a whole number of 64 bits. */
const MOST_MINOR = 2n ** 63n - 1n;

/** Minor units of a currency, exact: no more decimals than the currency has. */
export function minorUnits(amount: string, currency: string | null, sink: FaultSink): bigint {
  const places = currency === null ? null : decimalsOf(currency);
  if (places === null) {
    report(sink, "invalid_currency", "currency", currency ?? "", "a currency such as CNY");
    return 0n;
  }
  const [whole = "", decimals = ""] = amount.split(".");
  if (decimals.slice(places).replaceAll("0", "") !== "") {
    report(sink, "invalid_number", "amount", amount, `at most ${places} decimals`);
  }
  const minor = BigInt(whole.replace("+", "") + decimals.slice(0, places).padEnd(places, "0"));
  if (minor <= MOST_MINOR && minor >= -MOST_MINOR) return minor;
  report(sink, "invalid_number", "amount", amount, `at most ${MOST_MINOR} minor units`);
  return 0n;
}

const decimalsByCurrency = new Map<string, number | null>();

function decimalsOf(currency: string): number | null {
  const known = decimalsByCurrency.get(currency);
  if (known !== undefined) return known;
  let places: number | null = null;
  if (/^[A-Z]{3}$/.test(currency)) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    places = format.resolvedOptions().maximumFractionDigits ?? 2;
  }
  decimalsByCurrency.set(currency, places);
  return places;
}
