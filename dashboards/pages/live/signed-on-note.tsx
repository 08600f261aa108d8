/** One line where more agents are signed on than are shown. */

import type { LiveSnapshot } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";

export function SignedOnNote({ snapshot }: { readonly snapshot: LiveSnapshot }) {
  const { t, formats } = useSite();
  const listed = snapshot.agents.length;
  const all = snapshot.pools.reduce((sum, { signedOn }) => sum + signedOn, 0);
  if (all <= listed) return null;
  return (
    <p className="names-note">
      {t("many.signedOn", { all: formats.number(all), listed: formats.number(listed) })}
    </p>
  );
}
