/** What somebody sees who is not signed in: where the way in is. */

import { useWording } from "./context.ts";
import { LanguageSwitch } from "./frame.tsx";

export function SignedOut({ retry }: { retry: () => void }) {
  const { t } = useWording();
  return (
    <div className="alone">
      <LanguageSwitch />
      <h1>{t("signedOut.title")}</h1>
      <p>{t("signedOut.how")}</p>
      <pre>npm start</pre>
      <p className="muted">{t("signedOut.then")}</p>
      <button type="button" onClick={retry}>
        {t("error.retry")}
      </button>
    </div>
  );
}
