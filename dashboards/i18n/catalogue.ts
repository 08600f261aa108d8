/**
 * What a catalogue of texts is. English is the measure: every other language has the same keys
 * (TypeScript fails where one is missing), plural forms as its own grammar wants them.
 */

import type { en } from "./en.ts";

type EnglishKey = keyof typeof en;
type WithoutPlural<Key> = Key extends `${infer Base}_${"one" | "other"}` ? Base : Key;

/** A text's key; of `agents_one` and `agents_other` the key is `agents`, asked for with a count. */
export type TextKey = WithoutPlural<EnglishKey>;

/** A language without a singular form, such as Chinese. */
export type CatalogueWithoutSingular = {
  readonly [Key in Exclude<EnglishKey, `${string}_one`>]: string;
};

type Variables<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Variables<Rest>
  : never;

type TextOf<Key extends TextKey> = Key extends EnglishKey
  ? (typeof en)[Key]
  : `${Key}_other` extends EnglishKey
    ? (typeof en)[`${Key}_other`]
    : never;

type Values<Names extends string> = {
  readonly [Name in Names]: Name extends "count" ? number : string;
};

/** A text with plural forms is asked for with the count that decides between them. */
type Named<Key extends TextKey> =
  | Variables<TextOf<Key>>
  | (Key extends EnglishKey ? never : "count");

/** No variables, no second argument; else exactly those the English text names. */
type Arguments<Names extends string> = [Names] extends [never] ? [] : [values: Values<Names>];

export type Translate = <Key extends TextKey>(key: Key, ...values: Arguments<Named<Key>>) => string;
