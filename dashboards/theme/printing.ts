/** Whether the page is being printed: pictures and tables that follow the screen take the paper's size. */

import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

const paper = window.matchMedia("print");
const listeners = new Set<() => void>();
let asked = false;

export const isPrinting = (): boolean => asked || paper.matches;

/** The browser makes the paper when this returns, so all is drawn by then. */
function tell(): void {
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

window.addEventListener("beforeprint", () => {
  asked = true;
  tell();
});
window.addEventListener("afterprint", () => {
  asked = false;
  tell();
});
paper.addEventListener("change", tell);

export function subscribePrinting(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export const usePrinting = (): boolean => useSyncExternalStore(subscribePrinting, isPrinting);
