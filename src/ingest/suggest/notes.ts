/**
 * What is to be said about a suggestion: a code and its parameters, for whoever words it. The English words
 * are those of the command line, and name the parameters of each code.
 */

export const NOTE_WORDS = {
  ambiguous_date: "AMBIGUOUS: {{format}} reads all rows as well; check day and month",
  unit_by_size: "unit {{unit}} taken by size: check it",
  scale_by_scores: "the scale is taken from the scores {{low}} to {{high}}: check it",
  zero_no_score: "0 stands only beside contacts that were not answered and is no score",
  repeated_id: "not unique: {{repeats}} of {{rows}} rows repeat an id and replace the earlier row",
  composed_id: "no column is an id; these together are ({{columns}} columns)",
  composed_id_repeats:
    "no column is an id, {{columns}} together are; {{repeats}} rows repeat it and replace the earlier row",
  unfinished_values: "the values {{values}} are not known and are written as unfinished",
  unknown_values: "the values {{values}} are not known and are rejected until mapped",
  values_of_effects: "an activity that is not in the values is rejected: add it",
  equal_column: "{{column}} fits equally well; the first was taken",
  equal_record: "the rows could be of kind {{record}} as well; {{taken}} was taken",
  no_header:
    "the first row looks like data and no header; it is not taken, and columns go by their cells",
  asterisk_calls:
    "call records of an Asterisk, which have no header: the first row is taken for one, and lost",
  utc_in_words: "the times say UTC in words, so the zone is UTC and not the one given",
  zone_utc: "zone UTC, as the times say",
  zone_of_offset:
    "zone {{zone}}, for all times are {{offset}}; name the place's own zone where it has summer time",
  zone_needed: "the times have no offset: --zone is needed to import",
  zone_needed_of_several: "the times have several offsets: --zone is needed to import",
  zone_needed_for_days: "the times have several offsets: --zone is needed for the days",
  zone_needed_of_counts: "the times are counts since 1970: --zone is needed for the days",
  zone_needed_for_offset: "the times have the offset {{offset}}: --zone is needed",
  field_left_out:
    "{{field}} <- {{column}}: left out, {{rows}} rows would be rejected, as {{example}} ({{reason}})",
  amount_left_out:
    "currency and amount <- {{column}}: left out, {{rows}} rows rejected, as {{example}} ({{reason}})",
} as const;

export type NoteCode = keyof typeof NOTE_WORDS;

type Variables<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Variables<Rest>
  : never;

export interface SuggestionNote {
  readonly code: NoteCode;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A note with exactly the parameters that its words name. */
export function note<Code extends NoteCode>(
  code: Code,
  parameters: Readonly<Record<Variables<(typeof NOTE_WORDS)[Code]>, string | number>>,
): SuggestionNote {
  return { code, parameters };
}

export function noteWords({ code, parameters }: SuggestionNote): string {
  return NOTE_WORDS[code].replace(/\{\{(\w+)\}\}/g, (_, name) => String(parameters[name]));
}
