/** Who saw whose individual figures, and what was asked. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  accountsQuery,
  type IndividualView,
  individualViewsQuery,
  type ViewsQuery,
} from "../../api/accounts.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { Loaded } from "../../frame/states.tsx";
import { AgentSelect } from "./agent-select.tsx";
import { MoreRows } from "./more-rows.tsx";
import { questionWords, routeWords } from "./view-words.ts";

export function ViewsCard() {
  const { t } = useSite();
  const [query, setQuery] = useState<ViewsQuery>({});
  const views = useInfiniteQuery(individualViewsQuery(query));
  return (
    <Card
      title={t("settings.tab.views")}
      hint={t("looks.hint")}
      file="individual-views"
      source={{ path: "/individual-views", query, paged: true }}
    >
      <ViewFilter query={query} onChange={setQuery} />
      <Loaded
        query={views}
        what={t("what.individualViews")}
        height={320}
        isEmpty={({ pages }) => pages.every(({ rows }) => rows.length === 0)}
        emptyText={t("looks.none")}
      >
        {({ pages }) => (
          <>
            <ViewTable rows={pages.flatMap(({ rows }) => rows)} />
            <MoreRows query={views} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

interface ViewFilterProps {
  readonly query: ViewsQuery;
  readonly onChange: (query: ViewsQuery) => void;
}

function ViewFilter({ query, onChange }: ViewFilterProps) {
  const { t } = useSite();
  const accounts = useQuery(accountsQuery);
  const set = (key: "user" | "agent" | "from", value: string) =>
    onChange({ ...query, [key]: value === "" ? undefined : value });
  return (
    <fieldset className="form-row">
      <legend className="unseen">{t("filter.bar")}</legend>
      <label>
        {t("looks.who")}
        <select value={query.user ?? ""} onChange={(event) => set("user", event.target.value)}>
          <option value="">{t("looks.anybody")}</option>
          {accounts.data?.rows.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <AgentSelect
        label={t("looks.whose")}
        none={t("looks.anybody")}
        onChange={(id) => set("agent", id)}
      />
      <label>
        {t("looks.since")}
        <input
          type="date"
          value={query.from ?? ""}
          onChange={(event) => set("from", event.target.value)}
        />
      </label>
    </fieldset>
  );
}

const NAMED = 6;

function ViewTable({ rows }: { readonly rows: readonly IndividualView[] }) {
  const site = useSite();
  const columns = useMemo((): Column<IndividualView>[] => {
    const { t, formats } = site;
    const all = ({ agents }: IndividualView) => agents.map(({ name }) => name).join(", ");
    return [
      {
        id: "at",
        header: t("looks.at"),
        value: (row) => row.at,
        write: (row) => formats.momentLong(row.at),
      },
      { id: "user", header: t("looks.who"), value: (row) => row.user },
      { id: "role", header: t("accounts.role"), value: (row) => t(`role.${row.role}`) },
      { id: "route", header: t("looks.what"), value: (row) => routeWords(row, t) },
      {
        id: "count",
        header: t("looks.agents"),
        numeric: true,
        value: (row) => row.agentCount,
      },
      {
        id: "agents",
        header: t("looks.whose"),
        wrap: true,
        value: all,
        text: all,
        write: ({ agents, agentCount }) => {
          const named = agents.slice(0, NAMED).map(({ name }) => name);
          const more = agentCount - named.length;
          return more === 0
            ? named.join(", ")
            : t("looks.andMore", { names: named.join(", "), more: formats.number(more) });
        },
      },
      {
        id: "question",
        header: t("looks.question"),
        wrap: true,
        value: (row) => questionWords(row, site),
      },
    ];
  }, [site]);
  return (
    <DataTable
      label={site.t("settings.tab.views")}
      rows={rows}
      columns={columns}
      rowKey={(row, index) => `${row.at} ${row.user} ${index}`}
    />
  );
}
