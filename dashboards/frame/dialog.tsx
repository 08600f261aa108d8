/**
 * A dialog over the page: the browser keeps the focus in it and gives it back where it came from, Escape
 * closes it, and nothing behind it can be reached.
 */

import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useWording } from "./context.ts";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const { t } = useWording();
  const titleId = useId();
  const box = useRef<HTMLDialogElement>(null);
  // Closed before it leaves the page: only then does the focus go back.
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("form select, form input:not([type=hidden])")?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (box.current?.open !== true) onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" onClick={onClose}>
          {t("drawer.close")}
        </button>
      </header>
      {children}
    </dialog>
  );
}
