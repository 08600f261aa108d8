/**
 * Two names that may be one person: written a little differently by two systems, or mistyped.
 *
 * Three grounds, the strongest first:
 * - `same_letters`: alike once case, spaces, punctuation, accents and full-width forms are dropped
 *   ("O'Brien, ANA" and "obrien ana")
 * - `swapped_parts`: the same parts in another order ("Zhang Wei", "Wei Zhang")
 * - `one_edit`: in one part of five letters or more one letter added, dropped or changed, or in one of
 *   four or more two neighbours swapped, the first letter left alone; all other parts and all digits
 *   the same. Short names (Avi, Avni; 王伟, 王玮) and numbered ones (R0632, R0633) are different people.
 *
 * A suspicion, never a merge. Whether the two were ever busy at the same moment is the best evidence: a
 * person cannot be, so `one_edit` is dropped when they were. The other grounds stay, as chats overlap.
 * Source: Damerau 1964 (four kinds of slip); Unicode Standard Annex 15 (NFKD).
 *
 * @example
 * aliasPairs(["Anna Müller", "anna muller", "Otto"])[0].ground // => "same_letters"
 * aliasPairs(["R0632", "R0633", "AVI", "AVNI"]) // => []
 */

import type { Day } from "../shared/vocabulary.ts";
import { type Finding, finding } from "./finding.ts";

export type AliasGround = "same_letters" | "swapped_parts" | "one_edit";

export interface AliasPair {
  readonly first: string;
  readonly second: string;
  readonly ground: AliasGround;
}

/** What the two names did, as the store counts it. */
export interface AliasEvidence {
  readonly firstRows: number;
  readonly secondRows: number;
  /** Days on which both have contacts. */
  readonly sharedDays: number;
  /** Pairs of contacts, one of each name, that were being handled at the same moment. */
  readonly overlappingContacts: number;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
}

/** A name and its parts. */
interface Entry {
  readonly name: string;
  readonly parts: readonly string[];
}

/**
 * Only names that share a key are held against each other, and keys are made only where names of one
 * family meet: a million names cost hardly more than a million times one.
 */
interface GroundRule {
  readonly ground: AliasGround;
  /** What two names that are alike have in common in any case; null: it is like no other. */
  readonly family: (parts: readonly string[]) => string | null;
  readonly keys: (parts: readonly string[]) => readonly string[];
  readonly alike: (first: readonly string[], second: readonly string[]) => boolean;
}

const letters = (parts: readonly string[]) => parts.join("");
const inOrder = (parts: readonly string[]) => [...parts].sort().join(" ");

const GROUNDS: readonly GroundRule[] = [
  {
    ground: "same_letters",
    family: (parts) => letters(parts) || null,
    keys: (parts) => [letters(parts)],
    alike: () => true,
  },
  {
    ground: "swapped_parts",
    family: (parts) => (parts.length > 1 ? inOrder(parts) : null),
    keys: (parts) => [inOrder(parts)],
    alike: () => true,
  },
  { ground: "one_edit", family: initialsAndDigits, keys: editKeys, alike: oneEditApart },
];

/** More names that are like each other are no slips of one: the others are not held against them. */
const MOST_ALIKE = 100;
const SHORTEST_EDITED_PART = 5;
const SHORTEST_SWAPPED_PART = 4;
const DIGIT = /\p{N}/u;

/** Pairs of names of one site that may be one person, each pair once, by the strongest ground. */
export function aliasPairs(names: readonly string[]): readonly AliasPair[] {
  const entries = [...new Set(names)].sort().map((name) => ({ name, parts: partsOf(name) }));
  const found = new Map<string, AliasPair>();
  for (const rule of GROUNDS) {
    const families = new Map<string, Entry[]>();
    for (const entry of entries) {
      const family = rule.family(entry.parts);
      if (family === null) continue;
      const members = families.get(family);
      if (members === undefined) families.set(family, [entry]);
      else members.push(entry);
    }
    for (const members of families.values()) {
      if (members.length > 1) addAlike(members, rule, found);
    }
  }
  return [...found.values()];
}

/** Adds the pairs of a family that no stronger ground has found. */
function addAlike(
  members: readonly Entry[],
  { ground, keys, alike }: GroundRule,
  found: Map<string, AliasPair>,
): void {
  const buckets = new Map<string, Entry[]>();
  for (const entry of members) {
    for (const key of new Set(keys(entry.parts))) {
      const bucket = buckets.get(key) ?? [];
      for (const other of bucket) {
        const pair = `${other.name}\u0000${entry.name}`;
        if (found.has(pair) || !alike(other.parts, entry.parts)) continue;
        found.set(pair, { first: other.name, second: entry.name, ground });
      }
      if (bucket.length < MOST_ALIKE) bucket.push(entry);
      buckets.set(key, bucket);
    }
  }
}

/** The finding of a pair; null where the evidence speaks against it. */
export function aliasFinding(pair: AliasPair, evidence: AliasEvidence): Finding | null {
  if (pair.ground === "one_edit" && evidence.overlappingContacts > 0) return null;
  const fewer = evidence.firstRows < evidence.secondRows ? "first" : "second";
  return finding({
    code: "likely_alias",
    agent: fewer === "first" ? pair.first : pair.second,
    count: Math.min(evidence.firstRows, evidence.secondRows),
    detail: {
      alias: fewer === "first" ? pair.second : pair.first,
      ground: pair.ground,
      ...evidence,
    },
  });
}

/** Words of a name in plain lower-case letters and digits. */
function partsOf(name: string): readonly string[] {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/['’`´]/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");
}

/** An edit leaves the first letter of every part alone, and every digit. */
function initialsAndDigits(parts: readonly string[]): string {
  return parts.map((part) => `${[...part][0]}${part.replace(/\P{N}+/gu, "")}`).join(" ");
}

/** Keys that two names one edit apart share: the name, whole or with one letter of a part left out. */
function editKeys(parts: readonly string[]): readonly string[] {
  return parts.flatMap((part, at) => {
    const letters = [...part];
    if (letters.length < SHORTEST_SWAPPED_PART) return [];
    const before = `${at} ${parts.slice(0, at).join(" ")}`;
    const after = parts.slice(at + 1).join(" ");
    // The first letter and digits stay in every key: names that differ there never meet.
    return letters.flatMap((letter, skip) => {
      if (skip > 0 && DIGIT.test(letter)) return [];
      const changed = skip === 0 ? part : letters.toSpliced(skip, 1).join("");
      return [`${before} ${changed} ${after}`];
    });
  });
}

/** Of names that share a key. */
function oneEditApart(first: readonly string[], second: readonly string[]): boolean {
  if (first.length !== second.length) return false;
  const different = first.flatMap((part, at) => (part === second[at] ? [] : [at]));
  const at = different[0];
  if (at === undefined || different.length > 1) return false;
  const a = [...(first[at] ?? "")];
  const b = [...(second[at] ?? "")];
  const length = Math.max(a.length, b.length);
  const edit = editBetween(a, b);
  return edit === "swap" || (edit === "letter" && length >= SHORTEST_EDITED_PART);
}

/** The one slip between two different words, or null where it takes more than one. */
function editBetween(a: readonly string[], b: readonly string[]): "letter" | "swap" | null {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middleA = a.slice(head, a.length - tail).join("");
  const middleB = b.slice(head, b.length - tail).join("");
  if (middleA.length <= 1 && middleB.length <= 1) return "letter";
  const swapped = [...middleB].reverse().join("");
  return middleA.length === 2 && middleA === swapped ? "swap" : null;
}
