/** One account: its rights, another password, out or in again. */

import type { FormEvent } from "react";
import { type Account, type AccountChange, changeAccount } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { Dialog } from "../../frame/dialog.tsx";
import { NewPassword } from "./new-password.tsx";
import { RightsFields, rightsIn } from "./rights-fields.tsx";
import { useRequest } from "./use-request.ts";

interface AccountDialogProps {
  readonly account: Account;
  readonly onClose: () => void;
}

export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useSite();
  const { busy, refusal, send } = useRequest("accounts");
  const isOut = account.disabledAt !== null;

  async function change(wish: AccountChange) {
    if ((await send(() => changeAccount(account, wish))) !== null) onClose();
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const password = String(fields.get("password"));
    const rights = rightsIn(fields);
    void change(password === "" ? { rights } : { rights, password });
  }

  return (
    <Dialog title={account.name} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <RightsFields rights={account} />
        <NewPassword label={t("accounts.otherPassword")} required={false} />
        <p className="hint">{t("accounts.signsOut")}</p>
        <p className="warning" role="alert">
          {refusal}
        </p>
        <div className="buttons">
          <button type="submit" className="main" disabled={busy}>
            {t("accounts.save")}
          </button>
          <button type="button" disabled={busy} onClick={() => void change({ disabled: !isOut })}>
            {t(isOut ? "accounts.enable" : "accounts.disable")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
