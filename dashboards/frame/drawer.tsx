/**
 * A panel over the right of the page. The focus goes into it and stays, Escape closes it, and the focus
 * returns to what it came from. The pointer may go on to another mark beside it.
 */

import { type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { useWording } from "./context.ts";
import { focusableIn } from "./focusable.ts";

interface DrawerProps {
  readonly title: string;
  /** Beside the title, before the button that closes. */
  readonly aside?: ReactNode;
  readonly drawer: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Drawer({ title, aside, drawer, onClose, children }: DrawerProps) {
  const { t } = useWording();
  const titleId = useId();
  useFocusInside(drawer);
  useTabInside(drawer);
  useEscape(onClose);
  return (
    <section
      className="drawer"
      role="dialog"
      aria-modal="true"
      aria-labelledby={titleId}
      ref={drawer}
      tabIndex={-1}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        {aside}
        <button type="button" onClick={onClose}>
          {t("drawer.close")}
        </button>
      </header>
      {children}
    </section>
  );
}

function useFocusInside(drawer: RefObject<HTMLElement | null>): void {
  const cameFrom = useRef<Element | null>(null);
  useLayoutEffect(() => {
    cameFrom.current = document.activeElement;
    drawer.current?.focus({ preventScroll: true });
    return () => {
      const back = cameFrom.current;
      const known = back instanceof HTMLElement && back.isConnected && back !== document.body;
      const target = known ? back : document.querySelector<HTMLElement>("#main");
      target?.focus({ preventScroll: true });
    };
  }, [drawer]);
}

function useEscape(onClose: () => void): void {
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [onClose]);
}

/** Tab goes round inside, and comes back from outside. */
function useTabInside(drawer: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onTab = (event: KeyboardEvent) => {
      if (event.key === "Tab" && drawer.current !== null) keepInside(event, drawer.current);
    };
    document.addEventListener("keydown", onTab);
    return () => document.removeEventListener("keydown", onTab);
  }, [drawer]);
}

function keepInside(event: KeyboardEvent, drawer: HTMLElement): void {
  const at = document.activeElement;
  const isInside = drawer.contains(at);
  // Of two drawers the one with the focus keeps it.
  if (!isInside && at?.closest(".drawer, dialog")) return;
  const all = focusableIn(drawer);
  const [first, last] = [all[0], all.at(-1)];
  const leaves = event.shiftKey ? at === first || at === drawer : at === last;
  if (isInside && !leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
