/**
 * What opens under its button, such as a list or a menu: Escape closes it and nothing else and gives the
 * focus back, and whoever goes anywhere else closes it too.
 */

import { type RefObject, useEffect } from "react";

/** The holder has the button, which is its first, and what opens. */
export function useClosing(
  open: boolean,
  holder: RefObject<HTMLElement | null>,
  setOpen: (open: boolean) => void,
): void {
  useEffect(() => {
    const element = holder.current;
    if (!open || element === null) return;
    const isOutside = (target: EventTarget | null) =>
      target instanceof Node && !element.contains(target);
    const closeOutside = ({ target }: PointerEvent) => isOutside(target) && setOpen(false);
    const closeOnLeaving = ({ relatedTarget }: FocusEvent) =>
      isOutside(relatedTarget) && setOpen(false);
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      setOpen(false);
      element.querySelector("button")?.focus();
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("keydown", closeOnEscape, { capture: true });
    element.addEventListener("focusout", closeOnLeaving);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("keydown", closeOnEscape, { capture: true });
      element.removeEventListener("focusout", closeOnLeaving);
    };
  }, [open, holder, setOpen]);
}
