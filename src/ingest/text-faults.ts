/**
 * Texts that are not taken from a file, whatever its format: what a spreadsheet would run as a formula
 * once the text is exported again, and what is too long for a name or an id.
 *
 * A formula begins with = + or @, or with - and no digit. A telephone number (+49 30 1234) is none.
 */

/** Ids and names are keys of the store's indexes, which hold 500 characters in any script. */
export const LONGEST_TEXT = 500;

const PHONE_NUMBER = /^\+\d[\d ()./-]*$/;

/** Code and expectation of a reject; null for a text that is fine. */
export function textFault(text: string): { code: string; expected: string } | null {
  if (text.length > LONGEST_TEXT) {
    return { code: "value_too_long", expected: `at most ${LONGEST_TEXT} characters` };
  }
  // Letters, the most frequent beginning, come behind all signs in question.
  if (text.charCodeAt(0) < 0x41 && isFormula(text)) {
    return { code: "formula_in_cell", expected: "a plain text, no formula" };
  }
  return null;
}

function isFormula(text: string): boolean {
  const first = text[0];
  if (first === "=" || first === "@") return true;
  if (first === "+") return !PHONE_NUMBER.test(text);
  return first === "-" && !/^-\d/.test(text);
}
