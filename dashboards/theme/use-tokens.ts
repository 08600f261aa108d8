/** Light or dark as the system says, and again when it changes its mind. */

import { useEffect, useSyncExternalStore } from "react";
import { customProperties, DARK, LIGHT, type Tokens } from "./tokens.ts";

const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(changed: () => void): () => void {
  darkPreferred.addEventListener("change", changed);
  return () => darkPreferred.removeEventListener("change", changed);
}

const current = (): Tokens => (darkPreferred.matches ? DARK : LIGHT);

/** Writes the tokens to the root element; called once before the first render too. */
export function applyTokens(tokens: Tokens = current()): void {
  for (const [name, value] of customProperties(tokens)) {
    document.documentElement.style.setProperty(name, value);
  }
}

export function useTokens(): Tokens {
  const tokens = useSyncExternalStore(subscribe, current);
  useEffect(() => applyTokens(tokens), [tokens]);
  return tokens;
}
