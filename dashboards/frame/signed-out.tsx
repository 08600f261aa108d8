/** What somebody sees who is not signed in: the form, and where else the way in is. */

import { type FormEvent, useRef, useState } from "react";
import { signIn } from "../api/access.ts";
import { useWording } from "./context.ts";
import { LanguageSwitch } from "./frame.tsx";

/** `entered` is called when the visitor is in. */
export function SignedOut({ entered }: { entered: () => void }) {
  const { t } = useWording();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setAsking(true);
    const refused = await signIn(String(fields.get("name")), String(fields.get("password"))).catch(
      () => ({ code: "no_answer", retryAfterSeconds: null }),
    );
    setAsking(false);
    if (refused === null) {
      entered();
      return;
    }
    const { code, retryAfterSeconds } = refused;
    if (code === "wrong_name_or_password") setRefusal(t("signIn.wrong"));
    else if (code === "no_answer") setRefusal(t("signIn.noAnswer"));
    else if (retryAfterSeconds === null) setRefusal(t("signIn.failed", { code }));
    else setRefusal(t("signIn.wait", { count: Math.ceil(retryAfterSeconds / 60) }));
    password.current?.select();
  }

  return (
    <main className="alone">
      <LanguageSwitch />
      <h1>{t("signIn.title")}</h1>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          {t("signIn.name")}
          <input name="name" type="text" autoComplete="username" maxLength={200} required />
        </label>
        <label>
          {t("signIn.password")}
          <input
            ref={password}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={1000}
            required
          />
        </label>
        <p className="warning" role="alert">
          {refusal}
        </p>
        <button type="submit" disabled={isAsking}>
          {t("signIn.submit")}
        </button>
      </form>
      <p className="muted">{t("signIn.link")}</p>
      <pre>npx muster account set NAME --role manager</pre>
    </main>
  );
}
