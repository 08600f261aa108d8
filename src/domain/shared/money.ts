/**
 * Money and exact fractions. An amount of money is a whole number of minor units (cents, fen) of one
 * currency; a price is a decimal text; all between them is a fraction of two bigints, so nothing is
 * rounded on the way. Rounded once, at the end, half away from zero: 0.5 to 1, −0.5 to −1, so that
 * a reversal is the exact mirror of what it reverses.
 *
 * How many minor digits a currency has is ISO 4217's list (two where it is not listed here).
 * Splitting an amount uses the largest remainder (Hamilton's method, 1792): parts sum to the whole.
 *
 * @example
 * roundedHalfAwayFromZero(fraction("2.5")) // => 3n
 * moneyText(moneyOf(quotient(fraction("10"), fraction("3")), "EUR")) // => "3.33"
 * allocation({ total: 999n, weights: [60n, 40n] }) // => [599n, 400n]
 */

import { inputError, invariant } from "./errors.ts";

export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

/** An exact fraction in lowest terms. The denominator is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL_TEXT = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const CURRENCY_TEXT = /^[A-Z]{3}$/;
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
    .split(" ")
    .map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
  ..."CLF UYW".split(" ").map((code) => [code, 4] as const),
]);

/** The fraction of a whole number or of a decimal text such as "12.3456". @throws InputError. */
export function fraction(value: bigint | number | string): Fraction {
  if (typeof value === "bigint") return { numerator: value, denominator: 1n };
  if (typeof value === "number") {
    invariant(Number.isSafeInteger(value), `${value} is no whole number: give decimals as text`);
    return { numerator: BigInt(value), denominator: 1n };
  }
  const [, sign, whole = "", decimals = ""] = DECIMAL_TEXT.exec(value) ?? [];
  if (sign === undefined) {
    const expected = "a decimal number such as 12.50";
    throw inputError({ code: "invalid_decimal", path: "decimal", value, expected });
  }
  const digits = BigInt(whole + decimals);
  return lowest(sign === "-" ? -digits : digits, 10n ** BigInt(decimals.length));
}

export function sum(parts: readonly Fraction[]): Fraction {
  let total = fraction(0n);
  for (const part of parts) {
    total = lowest(
      total.numerator * part.denominator + part.numerator * total.denominator,
      total.denominator * part.denominator,
    );
  }
  return total;
}

export function product(first: Fraction, second: Fraction): Fraction {
  return lowest(first.numerator * second.numerator, first.denominator * second.denominator);
}

/** First by second, which must not be zero. */
export function quotient(first: Fraction, second: Fraction): Fraction {
  invariant(second.numerator !== 0n, "no fraction is divided by zero");
  return lowest(first.numerator * second.denominator, first.denominator * second.numerator);
}

/** The nearest whole number; a half goes away from zero. */
export function roundedHalfAwayFromZero(value: Fraction): bigint {
  const { numerator, denominator } = value;
  const size = (2n * absolute(numerator) + denominator) / (2n * denominator);
  return numerator < 0n ? -size : size;
}

/** Is it written as ISO 4217 writes a currency? */
export function isCurrency(text: string): boolean {
  return CURRENCY_TEXT.test(text);
}

/** Decimal places of a currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD. @throws InputError. */
export function minorDigits(currency: string): number {
  if (!isCurrency(currency)) {
    const expected = "an ISO 4217 code such as CNY";
    throw inputError({ code: "invalid_currency", path: "currency", value: currency, expected });
  }
  return MINOR_DIGITS.get(currency) ?? 2;
}

/** An exact amount in major units as money: the one place where it is rounded. */
export function moneyOf(amount: Fraction, currency: string): Money {
  const scale = fraction(10n ** BigInt(minorDigits(currency)));
  return { minor: roundedHalfAwayFromZero(product(amount, scale)), currency };
}

/** The amount as a decimal text in major units, without its currency: "-12.30". */
export function moneyText(money: Money): string {
  const places = minorDigits(money.currency);
  const digits = absolute(money.minor)
    .toString()
    .padStart(places + 1, "0");
  const point = digits.length - places;
  const decimals = places === 0 ? "" : `.${digits.slice(point)}`;
  return `${money.minor < 0n ? "-" : ""}${digits.slice(0, point)}${decimals}`;
}

/**
 * The total split by weights into whole parts that sum to it: each gets its share rounded towards
 * zero, and the units left over go to the largest remainders, the earlier of equals first.
 * @throws InputError `invalid_weights` on a negative weight or when all are zero.
 */
export function allocation(of: { total: bigint; weights: readonly bigint[] }): readonly bigint[] {
  const whole = of.weights.reduce((total, weight) => total + weight, 0n);
  if (whole <= 0n || of.weights.some((weight) => weight < 0n)) {
    const expected = "weights of 0 or more, at least one above 0";
    throw inputError({ code: "invalid_weights", path: "weights", expected });
  }
  const size = absolute(of.total);
  const parts = of.weights.map((weight) => (size * weight) / whole);
  let left = parts.reduce((rest, part) => rest - part, size);
  const remainders = of.weights.map((weight, index) => ({ index, rest: (size * weight) % whole }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return of.total < 0n ? parts.map((part) => -part) : parts;
}

function lowest(numerator: bigint, denominator: bigint): Fraction {
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = commonDivisor(absolute(numerator), absolute(denominator)) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function commonDivisor(first: bigint, second: bigint): bigint {
  let [a, b] = [first, second];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
