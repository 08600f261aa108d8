/** A new account: a name, what it is for, a first password. */

import type { FormEvent } from "react";
import { makeAccount } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { Dialog } from "../../frame/dialog.tsx";
import { NewPassword } from "./new-password.tsx";
import { RightsFields, rightsIn } from "./rights-fields.tsx";
import { useRequest } from "./use-request.ts";

export function NewAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useSite();
  const { busy, refusal, send } = useRequest("accounts");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [name, password] = [String(fields.get("name")), String(fields.get("password"))];
    const rights = rightsIn(fields);
    if ((await send(() => makeAccount({ name, rights, password }))) !== null) onClose();
  }

  return (
    <Dialog title={t("accounts.new")} onClose={onClose}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <label>
          {t("accounts.name")}
          <input name="name" type="text" dir="auto" autoComplete="off" maxLength={200} required />
        </label>
        <RightsFields />
        <NewPassword label={t("accounts.firstPassword")} />
        <p className="warning" role="alert">
          {refusal}
        </p>
        <div className="buttons">
          <button type="submit" className="main" disabled={busy}>
            {t("accounts.make")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
