/** Exact money: amounts worked by hand, ISO 4217's digits, and the laws of rounding and splitting. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/domain/shared/errors.ts";
import {
  allocation,
  fraction,
  minorDigits,
  moneyOf,
  moneyText,
  product,
  quotient,
  roundedHalfAwayFromZero,
  sum,
} from "../../../src/domain/shared/money.ts";

describe("fractions", () => {
  it("read decimals exactly and in lowest terms", () => {
    expect(fraction("12.50")).toEqual({ numerator: 25n, denominator: 2n });
    expect(fraction("-0.0000000001")).toEqual({ numerator: -1n, denominator: 10_000_000_000n });
    expect(fraction(7)).toEqual({ numerator: 7n, denominator: 1n });
    expect(sum([fraction("0.1"), fraction("0.2")])).toEqual(fraction("0.3"));
    expect(quotient(fraction("1"), fraction("-4"))).toEqual({ numerator: -1n, denominator: 4n });
  });

  it.each(["", "1,5", "1e3", ".5", "5.", "NaN", " 1", "0x1", "1.2.3"])("refuse %j", (text) => {
    expect(() => fraction(text)).toThrow(InputError);
  });

  it("refuse a number that is no whole number: decimals come as text", () => {
    expect(() => fraction(0.1)).toThrow("decimals as text");
  });
});

describe("rounding", () => {
  // Half away from zero, by hand; (2.675).toFixed(2) is "2.67" and dinero's halfUp gives −2.67.
  it.each([
    ["2.675", "2.68"],
    ["-2.675", "-2.68"],
    ["0.004", "0.00"],
    ["-0.004", "0.00"],
    ["0.005", "0.01"],
    ["-12.3", "-12.30"],
    ["1234567890123456789.995", "1234567890123456790.00"],
  ])("%s to %s", (amount, expected) => {
    expect(moneyText(moneyOf(fraction(amount), "EUR"))).toBe(expected);
  });

  it("takes the minor digits of the currency (ISO 4217)", () => {
    expect(moneyText(moneyOf(fraction("1250.5"), "JPY"))).toBe("1251");
    expect(moneyText(moneyOf(fraction("0.0005"), "KWD"))).toBe("0.001");
    expect(moneyText(moneyOf(fraction("0.00005"), "CLF"))).toBe("0.0001");
    expect(minorDigits("CNY")).toBe(2);
    expect(() => minorDigits("yuan")).toThrow(InputError);
  });

  it("is never more than a half away, and mirrors", () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.bigInt(1n, 10n ** 12n), (top, below) => {
        const exact = quotient(fraction(top), fraction(below));
        const rounded = roundedHalfAwayFromZero(exact);
        const twice = 2n * (rounded * below - top);
        expect(twice <= below && twice >= -below).toBe(true);
        const mirror = roundedHalfAwayFromZero(product(exact, fraction(-1n)));
        expect(mirror).toBe(-rounded);
      }),
    );
  });
});

describe("largest remainder", () => {
  // Worked by hand: 999 × 60/100 = 599.4, 999 × 40/100 = 399.6; 865433 × 12000/21345 = 486539.99,
  // × 6000/21345 = 243269.99, × 3345/21345 = 135623.02, two units left over.
  it.each([
    [10_000n, [1n, 1n, 1n], [3334n, 3333n, 3333n]],
    [-1003n, [1n, 1n], [-502n, -501n]],
    [999n, [60n, 40n], [599n, 400n]],
    [865_433n, [12_000n, 6_000n, 3_345n], [486_540n, 243_270n, 135_623n]],
    [5n, [0n, 1n], [0n, 5n]],
    [0n, [3n, 1n], [0n, 0n]],
  ])("%s by %s", (total, weights, parts) => {
    expect(allocation({ total, weights })).toEqual(parts);
  });

  it("sums to the whole, stays within one of the exact share, and mirrors", () => {
    const weights = fc.array(fc.bigInt(0n, 1000n), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), weights, (total, list) => {
        const whole = list.reduce((a, b) => a + b, 0n);
        fc.pre(whole > 0n);
        const parts = allocation({ total, weights: list });
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [at, part] of parts.entries()) {
          const off = part * whole - total * (list[at] ?? 0n);
          expect(off < whole && off > -whole).toBe(true);
        }
        expect(allocation({ total: -total, weights: list })).toEqual(parts.map((part) => -part));
      }),
    );
  });

  it("refuses weights that split nothing", () => {
    expect(() => allocation({ total: 5n, weights: [0n, 0n] })).toThrow(InputError);
    expect(() => allocation({ total: 5n, weights: [2n, -1n] })).toThrow(InputError);
    expect(() => allocation({ total: 5n, weights: [] })).toThrow(InputError);
  });
});
