/** The field of a new password, which the server takes from 12 to 256 characters long. */

import { useId } from "react";
import { useSite } from "../../frame/context.ts";

const SHORTEST = 12;
const LONGEST = 256;

interface NewPasswordProps {
  readonly label: string;
  readonly required?: boolean;
}

export function NewPassword({ label, required = true }: NewPasswordProps) {
  const { t } = useSite();
  const hintId = useId();
  return (
    <div className="field">
      <label>
        {label}
        <input
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={SHORTEST}
          maxLength={LONGEST}
          aria-describedby={hintId}
          required={required}
        />
      </label>
      <small className="muted" id={hintId}>
        {t("password.length", { shortest: String(SHORTEST), longest: String(LONGEST) })}
      </small>
    </div>
  );
}
