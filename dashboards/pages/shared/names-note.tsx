/** One quiet line where agents are shown: whether by name, why, and that looking is logged. */

import type { ReactNode } from "react";
import { useSite } from "../../frame/context.ts";

/** `children`: what else is to be said quietly there. */
export function NamesNote({ children }: { readonly children?: ReactNode }) {
  const { t, session } = useSite();
  // An agent sees itself alone, which nobody logs.
  const names =
    session.role === "agent" ? null : t(session.seesNames ? "names.shown" : "names.hidden");
  if (names === null && !children) return null;
  return (
    <p className="names-note">
      {names} {children}
    </p>
  );
}

/** Where data is put right: names stand as in the files, also for those who see pseudonyms elsewhere. */
export function FileNamesNote() {
  const { t } = useSite();
  return <p className="names-note">{t("names.inFiles")}</p>;
}
