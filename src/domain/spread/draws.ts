/**
 * Seeded chance for resampling: the same seed gives the same draws, on every machine.
 *
 * @example
 * drawsFrom(1).below(1) // => 0
 */

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Draws {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** From 0 to below 1, 32 bits of it. */
  unit(): number;
  /** Standard normal, by the polar method (Marsaglia & Bray 1964). */
  normal(): number;
}

export function drawsFrom(seed: number): Draws {
  const generator = xoroshiro128plus(seed);
  const unit = () => (generator.next() >>> 0) / 2 ** 32;
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * unit() - 1;
      const y = 2 * unit() - 1;
      const s = x * x + y * y;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = y * scale;
      return x * scale;
    }
  };
  return { below: (limit) => Math.floor(unit() * limit), unit, normal };
}
