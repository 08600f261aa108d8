/** What every chart is told besides its rows: words, number formats, colours, and who has which colour. */

import type { Translate } from "../i18n/catalogue.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Tokens } from "../theme/tokens.ts";

export interface ChartSetting {
  readonly t: Translate;
  readonly formats: Formats;
  readonly tokens: Tokens;
  /** Names of all parties, in the fixed order that gives each its colour. */
  readonly parties: readonly string[];
}

/** The place of a party among the colours; -1 for nobody's. */
export function partyIndex(setting: Pick<ChartSetting, "parties" | "tokens">, name: string | null) {
  const place = name === null ? -1 : setting.parties.indexOf(name);
  return place < 0 ? -1 : place % setting.tokens.parties.length;
}

export function partyColour(
  setting: Pick<ChartSetting, "parties" | "tokens">,
  name: string | null,
): string {
  return setting.tokens.parties[partyIndex(setting, name)] ?? setting.tokens.muted;
}
