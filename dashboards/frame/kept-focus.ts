/**
 * The focus outlives what had it. A row that was deleted, a form that was sent, a page that another one has
 * replaced take the focus with them, and whoever works with keys would begin at the top of the page again.
 * It goes to what stands in the same place now, else to what is nearest.
 */

import { useEffect } from "react";
import { focusableIn, takesFocus } from "./focusable.ts";

/** What has the focus, and the way to it from the root of the page: remembered, because it may be gone. */
interface Held {
  readonly element: HTMLElement;
  readonly way: readonly { readonly parent: Element; readonly place: number }[];
}

function heldAt(element: HTMLElement): Held {
  const way: { parent: Element; place: number }[] = [];
  let child: Element = element;
  for (let parent = child.parentElement; parent !== null; parent = child.parentElement) {
    way.push({ parent, place: Array.prototype.indexOf.call(parent.children, child) });
    child = parent;
  }
  return { element, way };
}

/** The focus does not leave a drawer, a dialog or the page's main part for what stands around it. */
const BOUNDS = "main, [role='dialog'], dialog, nav";

/** Where the focus belongs; null while what had it is only switched off or hidden. */
function heirOf({ element, way }: Held): HTMLElement | null {
  if (element.isConnected) return takesFocus(element) ? element : null;
  for (const [level, { parent, place }] of way.entries()) {
    if (!parent.isConnected) continue;
    const heir = inThePlace(parent, way.slice(0, level + 1), element) ?? nearest(parent, place);
    if (heir !== null || parent.matches(BOUNDS)) return heir ?? (parent as HTMLElement);
  }
  return null;
}

/** The same steps down from what is left of the way. */
function inThePlace(parent: Element, way: Held["way"], like: Element): HTMLElement | null {
  let found: Element | undefined = parent;
  for (const { place } of way.toReversed()) found = found?.children[place];
  const isLike = found instanceof HTMLElement && found.tagName === like.tagName;
  return isLike && takesFocus(found as HTMLElement) ? (found as HTMLElement) : null;
}

/** The first from a child of the parent on, else the last before it. */
function nearest(parent: Element, place: number): HTMLElement | null {
  const all = focusableIn(parent);
  const child = parent.children[place];
  const isFrom = (element: Element) =>
    child !== undefined &&
    (child.contains(element) ||
      (child.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  return all.find(isFrom) ?? all.at(-1) ?? null;
}

/** For the whole page, once. */
export function useKeptFocus(): void {
  useEffect(() => {
    let held: Held | null = null;
    let looks = false;
    const hold = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target !== document.body) held = heldAt(target);
    };
    // A press of the pointer on nothing gives the focus up by intent.
    const giveUp = () => {
      held = null;
    };
    const look = () => {
      looks = false;
      if (held === null || document.activeElement !== document.body) return;
      heirOf(held)?.focus();
    };
    const changes = new MutationObserver(() => {
      if (looks) return;
      looks = true;
      // What is switched off loses the focus when the page is drawn next.
      requestAnimationFrame(() => requestAnimationFrame(look));
    });
    document.addEventListener("focusin", hold);
    document.addEventListener("pointerdown", giveUp, { capture: true });
    const watched = { childList: true, subtree: true, attributeFilter: ["disabled"] };
    changes.observe(document.body, watched);
    return () => {
      changes.disconnect();
      document.removeEventListener("focusin", hold);
      document.removeEventListener("pointerdown", giveUp, { capture: true });
    };
  }, []);
}
