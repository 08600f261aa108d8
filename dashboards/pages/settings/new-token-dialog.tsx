/** A new token of an account: for what, for how long; then the token itself, this once. */

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { accountsQuery, type GivenToken, giveToken } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { Dialog } from "../../frame/dialog.tsx";
import { useRequest } from "./use-request.ts";

const USUAL_DAYS = 30;
const MOST_DAYS = 3650;

export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useSite();
  const { busy, refusal, send } = useRequest("tokens");
  const accounts = useQuery(accountsQuery);
  const [given, setGiven] = useState<GivenToken | null>(null);
  if (given !== null) return <Given given={given} onClose={onClose} />;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const wish = {
      account: String(fields.get("account")),
      name: String(fields.get("name")),
      days: Number(fields.get("days")),
    };
    const answered = await send(() => giveToken(wish));
    if (answered !== null) setGiven(answered.answer);
  }

  return (
    <Dialog title={t("tokens.new")} onClose={onClose}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <label>
          {t("tokens.account")}
          <select name="account" required defaultValue="">
            <option value="">{t("accounts.choose")}</option>
            {accounts.data?.rows
              .filter(({ disabledAt }) => disabledAt === null)
              .map(({ id, name, role }) => (
                <option key={id} value={id}>
                  {`${name} · ${t(`role.${role}`)}`}
                </option>
              ))}
          </select>
        </label>
        <label>
          {t("tokens.name")}
          <input name="name" type="text" dir="auto" autoComplete="off" maxLength={200} required />
        </label>
        <label>
          {t("tokens.days")}
          <input
            name="days"
            type="number"
            min={1}
            max={MOST_DAYS}
            defaultValue={USUAL_DAYS}
            required
          />
        </label>
        <p className="warning" role="alert">
          {refusal}
        </p>
        <div className="buttons">
          <button type="submit" className="main" disabled={busy}>
            {t("tokens.issue")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface GivenProps {
  readonly given: GivenToken;
  readonly onClose: () => void;
}

function Given({ given, onClose }: GivenProps) {
  const { t, formats } = useSite();
  const [copied, setCopied] = useState(false);
  // Browsers keep the clipboard from pages that came without encryption; the field is marked then.
  const copy = () => {
    void navigator.clipboard?.writeText(given.token).then(() => setCopied(true));
  };
  return (
    <Dialog title={t("tokens.new")} onClose={onClose}>
      <div className="form">
        <label>
          {t("tokens.given", { expires: formats.momentLong(given.expiresAt) })}
          <input
            type="text"
            readOnly
            value={given.token}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
        <div className="buttons">
          <button type="button" className="main" onClick={copy}>
            {t("tokens.copy")}
          </button>
          <output className="good">{copied && t("tokens.copied")}</output>
        </div>
      </div>
    </Dialog>
  );
}
