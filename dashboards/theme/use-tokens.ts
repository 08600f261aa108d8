/** Light or dark as the system says, and again when it changes its mind; paper is white. */

import { useLayoutEffect, useSyncExternalStore } from "react";
import { isPrinting, subscribePrinting } from "./printing.ts";
import { customProperties, DARK, LIGHT, PAPER, type Tokens } from "./tokens.ts";

const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(changed: () => void): () => void {
  darkPreferred.addEventListener("change", changed);
  const unsubscribe = subscribePrinting(changed);
  return () => {
    darkPreferred.removeEventListener("change", changed);
    unsubscribe();
  };
}

function current(): Tokens {
  if (isPrinting()) return PAPER;
  return darkPreferred.matches ? DARK : LIGHT;
}

/** Writes the tokens to the root element; called once before the first render too. */
export function applyTokens(tokens: Tokens = current()): void {
  for (const [name, value] of customProperties(tokens)) {
    document.documentElement.style.setProperty(name, value);
  }
}

export function useTokens(): Tokens {
  const tokens = useSyncExternalStore(subscribe, current);
  useLayoutEffect(() => applyTokens(tokens), [tokens]);
  return tokens;
}
