/**
 * The name under which an agent is shown to whom its name is not: the same for as long as the agent is
 * known, in any report and any file. It tells figures of one from those of another, and nothing else.
 *
 * Made from the end of the agent's id, which is chance (RFC 9562, version 7); of a thousand agents two
 * share one with a chance of 3 %, and are still two rows.
 *
 * @example
 * pseudonymOf("0190163d-8694-739b-aea5-966c26f8ad91", "en") // => "Agent F8AD91"
 */

export type NameLanguage = "en" | "zh";

const WORDS: Readonly<Record<NameLanguage, string>> = { en: "Agent", zh: "坐席" };
const DIGITS = 6;

export function pseudonymOf(uuid: string, language: NameLanguage): string {
  return `${WORDS[language]} ${uuid.slice(-DIGITS).toUpperCase()}`;
}
