/** What every page may use: words, formats, colours, who is signed in and what there is to filter by. */

import { createContext, useContext, useMemo } from "react";
import type { Dimensions, Session } from "../api/types.ts";
import type { ChartSetting } from "../charts/setting.ts";
import type { Translate } from "../i18n/catalogue.ts";
import type { Formats } from "../i18n/formats.ts";
import type { Language } from "../i18n/texts.ts";
import type { Tokens } from "../theme/tokens.ts";

export interface Wording {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
}

export interface Site extends Wording {
  readonly formats: Formats;
  readonly tokens: Tokens;
  readonly session: Session;
  readonly dimensions: Dimensions;
}

export const WordingContext = createContext<Wording | null>(null);
export const SiteContext = createContext<Site | null>(null);

export function useWording(): Wording {
  const wording = useContext(WordingContext);
  if (wording === null) throw new Error("useWording outside of the frame");
  return wording;
}

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (site === null) throw new Error("useSite outside of a signed-in frame");
  return site;
}

/** The site as charts want it. */
export function useChartSetting(): ChartSetting {
  const { t, formats, tokens, dimensions } = useSite();
  return useMemo(
    () => ({ t, formats, tokens, parties: dimensions.parties.map((party) => party.name) }),
    [t, formats, tokens, dimensions.parties],
  );
}
