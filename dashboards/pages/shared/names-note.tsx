/** One quiet line where agents are shown: whether by name, and that looking is logged. */

import { useSite } from "../../frame/context.ts";

export function NamesNote() {
  const { t, session } = useSite();
  // An agent sees itself alone, which nobody logs.
  if (session.role === "agent") return null;
  return <p className="names-note">{t(session.seesNames ? "names.shown" : "names.hidden")}</p>;
}
