/** One token: what it is for, and the end of it. */

import { revokeToken, type Token } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { Dialog } from "../../frame/dialog.tsx";
import { isGood } from "./token-state.ts";
import { useRequest } from "./use-request.ts";

interface TokenDialogProps {
  readonly token: Token;
  readonly onClose: () => void;
}

export function TokenDialog({ token, onClose }: TokenDialogProps) {
  const { t, formats } = useSite();
  const { busy, refusal, send } = useRequest("tokens");
  const { id, name, user, expiresAt } = token;
  const revoke = async () => {
    if ((await send(() => revokeToken(id))) !== null) onClose();
  };
  return (
    <Dialog title={name} onClose={onClose}>
      <p>{t("tokens.of", { user, expires: formats.momentLong(expiresAt) })}</p>
      <p className="warning" role="alert">
        {refusal}
      </p>
      <div className="buttons">
        {isGood(token) ? (
          <button type="button" className="main" disabled={busy} onClick={() => void revoke()}>
            {t("tokens.revoke")}
          </button>
        ) : (
          <p className="hint">{t("tokens.over")}</p>
        )}
      </div>
    </Dialog>
  );
}
