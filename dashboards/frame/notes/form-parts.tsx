/** What the forms and lists of notes, views and thresholds have in common: how they end, how one goes. */

import { useSite } from "../context.ts";
import type { UsedChange } from "./use-change.ts";

interface FormEndProps {
  readonly change: UsedChange;
  /** The words of the button that sends the form. */
  readonly send: string;
  /** Leaves the form; null where there is nothing to go back to. */
  readonly cancel: (() => void) | null;
}

export function FormEnd({ change, send, cancel }: FormEndProps) {
  const { t } = useSite();
  return (
    <>
      {change.problem !== null && (
        <p className="problem whole" role="alert">
          {change.problem}
        </p>
      )}
      <div className="whole buttons">
        <button type="submit" className="main" disabled={change.busy}>
          {send}
        </button>
        {cancel !== null && (
          <button type="button" onClick={cancel}>
            {t("notes.cancel")}
          </button>
        )}
      </div>
    </>
  );
}

interface DeleteButtonProps {
  readonly change: UsedChange;
  readonly remove: () => Promise<unknown>;
}

export function DeleteButton({ change, remove }: DeleteButtonProps) {
  const { t } = useSite();
  return (
    <button
      type="button"
      className="quiet"
      disabled={change.busy}
      onClick={() => void change.run(remove)}
    >
      {t("notes.delete")}
    </button>
  );
}
