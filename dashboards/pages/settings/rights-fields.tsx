/** The role of an account, and what bounds it: a vendor's party, an agent's agent. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountAgentsQuery, type Rights } from "../../api/accounts.ts";
import type { Role } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { LOCALES } from "../../i18n/texts.ts";

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
    readonly agent: { readonly id: string } | null;
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
      {role === "agent" && <AgentField chosen={rights?.agent?.id ?? ""} />}
    </>
  );
}

function AgentField({ chosen }: { readonly chosen: string }) {
  const { t, language } = useSite();
  const agents = useQuery(accountAgentsQuery);
  const rows = agents.data?.rows;
  const sites = new Set(rows?.map(({ site }) => site));
  const collator = new Intl.Collator(LOCALES[language]);
  const sorted = rows?.toSorted((a, b) => collator.compare(a.name, b.name));
  return (
    <label>
      {t("column.agent")}
      {/* Another list has another choice: it begins anew when the agents have come. */}
      <select name="agent" required defaultValue={chosen} key={String(rows === undefined)}>
        <option value="">{t("accounts.choose")}</option>
        {sorted?.map(({ id, name, site }) => (
          <option key={id} value={id}>
            {sites.size > 1 ? `${name} · ${site}` : name}
          </option>
        ))}
      </select>
    </label>
  );
}
