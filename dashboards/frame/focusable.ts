/** What in a part of the page can have the focus, in the order of Tab. */

const FOCUSABLE = "button, [href], input, select, textarea, summary, [tabindex]";

/** It is drawn, is not switched off, and Tab comes to it. */
export function takesFocus(element: HTMLElement): boolean {
  const isOff = "disabled" in element && element.disabled === true;
  return element.tabIndex >= 0 && element.offsetParent !== null && !isOff;
}

export function focusableIn(part: Element): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(takesFocus);
}
