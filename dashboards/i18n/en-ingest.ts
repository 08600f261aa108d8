/** Why rows of payments and of the organisation were not taken, in English. */

export const enIngest = {
  "reject.invalid_currency": "Not a currency",
  "reject.invalid_period": "Ends before it begins",
  "reject.overlap": "Overlaps another row of the file",
  "reject.contradiction": "Contradicts another row of the file",
  "reject.name_taken": "New name is taken",
} as const;
