/** Ends the session and forgets everything that was read in it. */

import { signOut } from "../api/access.ts";
import { queryClient } from "../api/queries.ts";
import { useWording } from "./context.ts";

export function SignOut() {
  const { t } = useWording();
  async function leave() {
    await signOut().catch(() => undefined);
    queryClient.clear();
    window.location.assign("/");
  }
  return (
    <button type="button" className="quiet" onClick={() => void leave()}>
      {t("signOut.button")}
    </button>
  );
}
