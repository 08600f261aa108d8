/** The language: `?lang=` first, then what was chosen here before, then the browser's. */

import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { asked } from "../api/client.ts";
import { queryClient } from "../api/queries.ts";
import { type Language, LOCALES, languageOf, translator } from "../i18n/texts.ts";
import { afterPaint } from "./after-paint.ts";
import type { Wording } from "./context.ts";

const KEY = "muster.language";

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage may be forbidden; the page works without.
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Not kept for the next visit, but chosen for this one.
  }
}

export function useLanguage(): Wording {
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState<string>(() => remembered() ?? navigator.language);
  const language = languageOf(search.get("lang") ?? chosen);
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
    if (asked.language === language) return;
    asked.language = language;
    // Pseudonyms are words, so what has been read is asked for again.
    void queryClient.invalidateQueries({ predicate: ({ state }) => state.data !== undefined });
  }, [language]);
  return useMemo(() => {
    const setLanguage = (next: Language) => {
      // Remembered at once, even if the page is closed now; its words change after the press is seen.
      remember(next);
      afterPaint(() => {
        setChosen(next);
        setSearch(
          (search) => {
            search.delete("lang");
            return search;
          },
          { replace: true },
        );
      });
    };
    return { language, setLanguage, t: translator(language) };
  }, [language, setSearch]);
}
