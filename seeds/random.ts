/**
 * Chance, from one seed, in streams that do not know each other.
 *
 * Every thing that is left to chance has a stream of its own, named after what it is for:
 * `stream(seed, "people/names")`, `stream(seed, "demand/calls", day)`. A contact has a key, and
 * what happens to it is drawn from the stream of that key; a contact that follows from another (a
 * transfer, a repeat) has a key made from the first one's. So adding a stream, or a draw at the end
 * of one, changes nothing else.
 *
 * Streams in use: people/names, people/effects, people/dates, people/skills · roster/<day> ·
 * demand/calls, demand/chats, demand/tickets (each by day) · contact/<key> · aftermath/<key> ·
 * ticket/<key> · agent-day/<agent>/<day> · dirt/<file>.
 *
 * A stream is xoroshiro128+ (pure-rand), its 128 bits of state hashed from seed and name: seeding
 * it with neighbouring integers would make the first draws of neighbouring streams alike.
 */

import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

export type Chance = RandomGenerator;

/** A 32-bit key from a seed (or another key) and the words of a name. */
export function keyOf(seed: number, ...name: readonly (string | number)[]): number {
  let hash = mixed(seed ^ 0x9e3779b9);
  for (const part of name) {
    if (typeof part === "number") {
      hash = mixed(hash ^ part);
      continue;
    }
    for (let i = 0; i < part.length; i++) {
      hash = Math.imul(hash ^ part.charCodeAt(i), 0x01000193);
    }
    hash = mixed(hash);
  }
  return hash;
}

/** The stream of a key. */
export function streamOf(key: number): Chance {
  const a = mixed(key ^ 0x243f6a88);
  const b = mixed(a ^ 0x85a308d3);
  const c = mixed(b ^ key ^ 0x13198a2e);
  // Not all bits may be zero; this one has its lowest bit set.
  const d = mixed(c ^ 0x03707344) | 1;
  return xoroshiro128plusFromState([a, b, c, d]);
}

export function stream(seed: number, ...name: readonly (string | number)[]): Chance {
  return streamOf(keyOf(seed, ...name));
}

/** Uniform in the open interval (0, 1): a logarithm of it is finite. */
export function uniform(chance: Chance): number {
  return ((chance.next() >>> 0) + 0.5) / 4294967296;
}

export function between(chance: Chance, low: number, high: number): number {
  return low + (high - low) * uniform(chance);
}

/** An integer from `low` to `high`, both included. */
export function integer(chance: Chance, low: number, high: number): number {
  return low + Math.floor((high - low + 1) * uniform(chance));
}

/** Standard normal (Box and Muller, 1958). Always takes two draws. */
export function normal(chance: Chance): number {
  const radius = Math.sqrt(-2 * Math.log(uniform(chance)));
  return radius * Math.cos(2 * Math.PI * uniform(chance));
}

/** Log-normal by its median and the standard deviation of its logarithm. */
export function logNormal(chance: Chance, median: number, sigma: number): number {
  return median * Math.exp(sigma * normal(chance));
}

/**
 * Poisson by its normal approximation: fit for the means here, which are above 30 or do not
 * matter.
 */
export function count(chance: Chance, mean: number): number {
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
}

export function pick<Item>(chance: Chance, items: readonly Item[]): Item {
  const item = items[Math.floor(uniform(chance) * items.length)];
  if (item === undefined) throw new Error("cannot pick from an empty list");
  return item;
}

/** The place in `weights` that `share` (0 to 1) of their sum falls on. */
export function weighted(share: number, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let rest = share * sum;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

export function shuffled<Item>(chance: Chance, items: readonly Item[]): Item[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = integer(chance, 0, i);
    [list[i], list[j]] = [list[j] as Item, list[i] as Item];
  }
  return list;
}

/** Spreads every bit of a word over all bits (the finaliser of MurmurHash3). */
function mixed(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
