/** What was done, in words; an action that has none here stands as the log has it. */

import type { LoggedChange } from "../../api/accounts.ts";
import type { Translate } from "../../i18n/catalogue.ts";

const ACTIONS = {
  "signed in": "action.signedIn",
  "signed out": "action.signedOut",
  "set account": "action.setAccount",
  "disabled account": "action.disabledAccount",
  "made account": "action.madeAccount",
  "changed account": "action.changedAccount",
  "changed own password": "action.ownPassword",
  "issued token": "action.issuedToken",
  "revoked token": "action.revokedToken",
  "post /jobs/{job}/runs": "action.startedJob",
  "post /job-runs/{run}/stop": "action.stoppedJob",
} as const;

export function actionWords({ action }: LoggedChange, t: Translate): string {
  const key = (ACTIONS as Readonly<Record<string, (typeof ACTIONS)[keyof typeof ACTIONS]>>)[action];
  return key === undefined ? action : t(key);
}

const DETAILS = ["role", "party", "agent", "disabled", "password", "token", "expiresAt"] as const;
const ROLES = ["administrator", "manager", "planner", "vendor", "agent"] as const;

function detailValue(key: string, value: unknown, t: Translate): string {
  if (value === null || value === undefined) return t("figure.none");
  if (typeof value === "boolean") return t(value ? "detail.yes" : "detail.no");
  const role = key === "role" ? ROLES.find((each) => each === value) : undefined;
  if (role !== undefined) return t(`role.${role}`);
  if (key === "password") return t("detail.set");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** "Role: Manager → Planner"; what only is, without an arrow. */
export function detailWords({ detail }: LoggedChange, t: Translate): string {
  const parts = Object.entries(detail).map(([key, value]) => {
    const known = DETAILS.find((each) => each === key);
    const name = known === undefined ? key : t(`detail.${known}`);
    const step = value as { from?: unknown; to?: unknown } | null;
    const isStep = typeof step === "object" && step !== null && "from" in step && "to" in step;
    const words = isStep
      ? `${detailValue(key, step.from, t)} → ${detailValue(key, step.to, t)}`
      : detailValue(key, value, t);
    return t("detail.of", { name, words });
  });
  return parts.join(t("detail.between"));
}
