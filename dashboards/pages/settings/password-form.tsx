/** The own password: the old one, the new one. All other sessions end. */

import { type FormEvent, useState } from "react";
import { changePassword } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { NewPassword } from "./new-password.tsx";
import { useRequest } from "./use-request.ts";

export function PasswordForm() {
  const { t, session } = useSite();
  const { busy, refusal, send } = useRequest();
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const [old, password] = [String(fields.get("old")), String(fields.get("password"))];
    const answered = await send(() => changePassword(old, password));
    setDone(answered !== null);
    if (answered !== null) form.reset();
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {/* Password managers look for a name beside a password. */}
      <input type="hidden" name="username" autoComplete="username" value={session.name} />
      <label>
        {t("password.old")}
        <input
          name="old"
          type="password"
          autoComplete="current-password"
          maxLength={1000}
          required
        />
      </label>
      <NewPassword label={t("password.new")} />
      <p className="warning" role="alert">
        {refusal}
      </p>
      <div className="buttons">
        <button type="submit" className="main" disabled={busy}>
          {t("password.change")}
        </button>
        <output className="good">{done && t("password.done")}</output>
      </div>
    </form>
  );
}
