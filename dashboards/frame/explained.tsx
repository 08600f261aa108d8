/** A name that explains itself: what it means stands in a bubble while one points at it. */

import { type ReactNode, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";

const WIDTH = 320;

interface ExplainedProps {
  readonly name: string;
  /** What it means. */
  readonly children: ReactNode;
}

export function Explained({ name, children }: ExplainedProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const bubbleId = useId();
  const show = () => {
    const box = anchor.current?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8));
    setPlace({ left, top: box.bottom + 6 });
  };
  const hide = () => setPlace(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only shows what a reader is told
    <span
      ref={anchor}
      className="metric-name"
      aria-describedby={place === null ? undefined : bubbleId}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      {name}
      {place !== null &&
        createPortal(
          <div
            id={bubbleId}
            role="tooltip"
            className="definition"
            style={{ ...place, width: WIDTH }}
          >
            {children}
          </div>,
          document.body,
        )}
    </span>
  );
}
