/** One agent out of all: a list, and where there are very many a search that the server answers. */

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { type AccountAgent, accountAgentsQuery } from "../../api/accounts.ts";
import { useSite } from "../../frame/context.ts";
import { LOCALES } from "../../i18n/texts.ts";

interface AgentSelectProps {
  readonly label: string;
  /** What stands for no agent. */
  readonly none: string;
  readonly name?: string;
  readonly required?: boolean;
  /** Who is chosen at first: offered whether the search finds it or not. */
  readonly chosen?: Pick<AccountAgent, "id" | "name"> | null;
  readonly onChange?: (id: string) => void;
}

export function AgentSelect(props: AgentSelectProps) {
  const { label, none, name, required = false, chosen = null, onChange } = props;
  const { t, formats } = useSite();
  const [value, setValue] = useState(chosen?.id ?? "");
  const [held, setHeld] = useState<Pick<AccountAgent, "id" | "name"> | null>(chosen);
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const all = useQuery(accountAgentsQuery(""));
  const found = useQuery(accountAgentsQuery(search));
  const rows = found.data?.rows ?? [];
  const options = useOptions(rows, held);
  const choose = (id: string) => {
    setValue(id);
    // Who was chosen stays on offer when the search goes on.
    setHeld(rows.find((row) => row.id === id) ?? (held?.id === id ? held : null));
    onChange?.(id);
  };
  return (
    <>
      {all.data?.more === true && (
        <label>
          {t("many.search")}
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
      )}
      <label>
        {label}
        <select
          name={name}
          required={required}
          value={value}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{none}</option>
          {options.map(({ id, words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {found.data?.more === true && (
        <p className="hint" role="status">
          {t("many.choices", { listed: formats.number(rows.length) })}
        </p>
      )}
    </>
  );
}

/** By name, as the page's language sorts; with the site where there is more than one. */
function useOptions(
  rows: readonly AccountAgent[],
  held: Pick<AccountAgent, "id" | "name"> | null,
): readonly { readonly id: string; readonly words: string }[] {
  const { language } = useSite();
  const collator = new Intl.Collator(LOCALES[language]);
  const sites = new Set(rows.map(({ site }) => site));
  const sorted = rows
    .toSorted((a, b) => collator.compare(a.name, b.name))
    .map(({ id, name, site }) => ({ id, words: sites.size > 1 ? `${name} · ${site}` : name }));
  if (held === null || rows.some(({ id }) => id === held.id)) return sorted;
  return [{ id: held.id, words: held.name }, ...sorted];
}
