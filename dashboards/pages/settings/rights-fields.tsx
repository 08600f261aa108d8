/** The role of an account, and what bounds it: a vendor's party, an agent's agent. */

import { useState } from "react";
import type { Rights } from "../../api/accounts.ts";
import type { Role } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { AgentSelect } from "./agent-select.tsx";

const ROLES = ["manager", "planner", "vendor", "agent", "administrator"] as const;

/** What the fields say. Only the bound that the role has is there. */
export function rightsIn(fields: FormData): Rights {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  return { role: text("role") as Role, party: text("party"), agent: text("agent") };
}

interface RightsFieldsProps {
  readonly rights?: {
    readonly role: Role;
    readonly party: { readonly id: string } | null;
    readonly agent: { readonly id: string; readonly name: string } | null;
  };
}

export function RightsFields({ rights }: RightsFieldsProps) {
  const { t, dimensions } = useSite();
  const [role, setRole] = useState<Role>(rights?.role ?? "manager");
  return (
    <>
      <label>
        {t("accounts.role")}
        <select name="role" value={role} onChange={(event) => setRole(event.target.value as Role)}>
          {ROLES.map((each) => (
            <option key={each} value={each}>
              {t(`role.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="hint">{t(`role.hint.${role}`)}</p>
      {role === "vendor" && (
        <label>
          {t("filter.party")}
          <select name="party" required defaultValue={rights?.party?.id ?? ""}>
            <option value="">{t("accounts.choose")}</option>
            {dimensions.parties.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {role === "agent" && (
        <AgentSelect
          name="agent"
          label={t("column.agent")}
          none={t("accounts.choose")}
          required
          chosen={rights?.agent ?? null}
        />
      )}
    </>
  );
}
