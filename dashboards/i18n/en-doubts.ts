/** Texts in English: what is doubtful about a suggested mapping, and the units of figures. */

export const enDoubts = {
  "drop.doubt.ambiguous_date":
    "Day and month may be swapped: {{format}} reads all rows as well. Check it",
  "drop.doubt.unit_by_size": "The unit, {{unit}}, was taken from the size of the numbers. Check it",
  "drop.doubt.scale_by_scores": "The scale was taken from the scores {{low}} to {{high}}. Check it",
  "drop.doubt.zero_no_score":
    "0 stands only beside contacts that were not answered and is read as no score",
  "drop.doubt.repeated_id":
    "Not unique: {{repeats}} of {{rows}} rows repeat an id and replace the earlier row",
  "drop.doubt.composed_id": "No column is an id; {{columns}} columns together are one",
  "drop.doubt.composed_id_repeats":
    "No column is an id; {{columns}} columns together are one, which {{repeats}} rows repeat and so replace the earlier row",
  "drop.doubt.unfinished_values": "Not known, and taken as unfinished: {{values}}",
  "drop.doubt.unknown_values": "Not known, and rejected until they are given a meaning: {{values}}",
  "drop.doubt.values_of_effects": "An activity that is not listed is rejected: add it",
  "drop.doubt.equal_column": "{{column}} fits equally well; the first was taken",
  "drop.doubt.equal_record": "The rows could be {{record}} as well; {{taken}} was taken",
  "drop.doubt.no_header":
    "The first row looks like data and no header, and is not taken; columns are told by their cells",
  "drop.doubt.asterisk_calls":
    "Call records of an Asterisk, which have no header: the first row is taken for one, and lost",
  "drop.doubt.utc_in_words": "The times say UTC in words, so the zone is UTC",
  "drop.doubt.zone_utc": "The zone is UTC, as the times say",
  "drop.doubt.zone_of_offset":
    "The zone is {{zone}}, for all times have the offset {{offset}}. Name the place's own zone where it has summer time",
  "drop.doubt.zone_needed": "The times have no offset: check the zone of the file below",
  "drop.doubt.zone_needed_of_several":
    "The times have several offsets or none: check the zone of the file below",
  "drop.doubt.zone_needed_for_days":
    "The times have several offsets: check the zone of the file, which makes its days",
  "drop.doubt.zone_needed_of_counts":
    "The times are counts since 1970: check the zone of the file, which makes its days",
  "drop.doubt.zone_needed_for_offset":
    "The times have the offset {{offset}}: check the zone of the file below",
  "drop.doubt.field_left_out":
    "{{field}} from {{column}} was left out: {{rows}} rows would be rejected, such as {{example}} ({{reason}})",
  "drop.doubt.amount_left_out":
    "Currency and amount from {{column}} were left out: {{rows}} rows would be rejected, such as {{example}} ({{reason}})",
  "drop.doubt.ofField": "{{field}}: {{doubt}}",
  "definition.unitOf.count": "count",
  "definition.unitOf.share": "share",
  "definition.unitOf.money": "money",
  "definition.unitOf.seconds": "seconds",
  "definition.unitOf.points": "points",
  "definition.unitOf.contacts per hour": "contacts per hour",
  "definition.unitOf.per thousand contacts": "per thousand contacts",
} as const;
