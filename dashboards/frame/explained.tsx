/**
 * A name that explains itself: what it means stands in a bubble while one points at it, after it was
 * reached with Tab or pressed, until Escape.
 */

import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { createPortal } from "react-dom";

const WIDTH = 320;
/** Further down than this share of the window the bubble stands above its name. */
const LOW = 0.6;

/** True inside of a button, such as a tab: that button is reached and pressed then, not the name. */
export const InControl = createContext(false);

interface ExplainedProps {
  readonly name: string;
  /** What it means. */
  readonly children: ReactNode;
}

interface Place {
  readonly left: number;
  readonly top?: number;
  readonly bottom?: number;
}

export function Explained({ name, children }: ExplainedProps) {
  const inControl = useContext(InControl);
  const anchor = useRef<HTMLElement>(null);
  const bubbleId = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const show = useCallback(() => setPlace(placeUnder(anchor.current)), []);
  const hide = useCallback(() => setPlace(null), []);
  useFocusOf(anchor, show, hide);
  useBubble({ anchor, bubbleId, shown: place !== null, show, hide });
  const bubble =
    place !== null &&
    createPortal(
      <div id={bubbleId} role="tooltip" className="definition" style={{ ...place, width: WIDTH }}>
        {children}
      </div>,
      document.body,
    );
  const pointed = { className: "metric-name", onMouseEnter: show, onMouseLeave: hide };
  if (inControl) {
    // The button around it has the focus.
    return (
      <span ref={anchor as RefObject<HTMLSpanElement>} {...pointed}>
        {name}
        {bubble}
      </span>
    );
  }
  return (
    <button ref={anchor as RefObject<HTMLButtonElement>} type="button" {...pointed} onClick={show}>
      {name}
      {bubble}
    </button>
  );
}

function placeUnder(anchor: HTMLElement | null): Place | null {
  const box = anchor?.getBoundingClientRect();
  if (box === undefined) return null;
  const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8));
  if (box.bottom < window.innerHeight * LOW) return { left, top: box.bottom + 6 };
  return { left, bottom: window.innerHeight - box.top + 6 };
}

/** The button that is reached for the name: itself, or the one around it. */
const controlOf = (anchor: HTMLElement | null): HTMLElement | null =>
  anchor?.closest("button") ?? null;

/** Only a focus that came by keyboard shows it: whoever clicks has pointed before. */
function useFocusOf(
  anchor: RefObject<HTMLElement | null>,
  show: () => void,
  hide: () => void,
): void {
  useEffect(() => {
    const control = controlOf(anchor.current);
    if (control === null) return;
    const onFocus = () => control.matches(":focus-visible") && show();
    control.addEventListener("focus", onFocus);
    control.addEventListener("blur", hide);
    return () => {
      control.removeEventListener("focus", onFocus);
      control.removeEventListener("blur", hide);
    };
  }, [anchor, show, hide]);
}

interface Bubble {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly bubbleId: string;
  readonly shown: boolean;
  readonly show: () => void;
  readonly hide: () => void;
}

/** While it is shown: it is read after the name, follows what scrolls, and Escape closes it alone. */
function useBubble({ anchor, bubbleId, shown, show, hide }: Bubble): void {
  useEffect(() => {
    const control = controlOf(anchor.current);
    if (!shown || control === null) return;
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      hide();
    };
    control.setAttribute("aria-describedby", bubbleId);
    document.addEventListener("keydown", closeOnEscape, { capture: true });
    document.addEventListener("scroll", show, { capture: true, passive: true });
    return () => {
      control.removeAttribute("aria-describedby");
      document.removeEventListener("keydown", closeOnEscape, { capture: true });
      document.removeEventListener("scroll", show, { capture: true });
    };
  }, [anchor, bubbleId, shown, show, hide]);
}
