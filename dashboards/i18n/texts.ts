/** i18next with our catalogues: which languages there are, and a typed `t` for one of them. */

import i18next, { type i18n } from "i18next";
import type { Translate } from "./catalogue.ts";
import { en } from "./en.ts";
import { zhCN } from "./zh-CN.ts";

export type Language = "en" | "zh";

/** The locale that Intl writes numbers, days and money in. */
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", zh: "zh-CN" };

function create(language: Language): i18n {
  const engine = i18next.createInstance();
  // Resources are at hand, so this is done when it returns.
  void engine.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, zh: { translation: zhCN } },
  });
  return engine;
}

const translators = new Map<Language, Translate>();

export function translator(language: Language): Translate {
  const known = translators.get(language);
  if (known !== undefined) return known;
  const engine = create(language);
  const translate: Translate = (key, ...values) => engine.t(key, values[0] ?? {});
  translators.set(language, translate);
  return translate;
}

/** `zh`, `zh-CN`, `zh-Hans-CN` are Chinese; all else is English. */
export function languageOf(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("zh") ? "zh" : "en";
}
