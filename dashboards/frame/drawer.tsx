/**
 * A panel over the right of the page. The focus goes into it and stays, Escape closes it, and the focus
 * returns to what it came from. The pointer may go on to another mark beside it.
 */

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { useWording } from "./context.ts";

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
  useEscape(onClose);
  return (
    <section
      className="drawer"
      role="dialog"
      aria-modal="true"
      aria-labelledby={titleId}
      ref={drawer}
      tabIndex={-1}
      onKeyDown={(event) => keepInside(event, drawer.current)}
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
    const closeOnEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose();
    };
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [onClose]);
}

const FOCUSABLE = "button, [href], input, select, textarea, summary, [tabindex]";

/** Tab goes round inside. */
function keepInside(event: KeyboardEvent, drawer: HTMLElement | null): void {
  if (event.key !== "Tab" || drawer === null) return;
  const all = [...drawer.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.offsetParent !== null && !isOff(element),
  );
  const first = all[0];
  const last = all.at(-1);
  const at = document.activeElement;
  const leaves = event.shiftKey ? at === first || at === drawer : at === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

const isOff = (element: HTMLElement): boolean =>
  element instanceof HTMLButtonElement && element.disabled;
