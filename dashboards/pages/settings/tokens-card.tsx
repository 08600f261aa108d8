/** Access tokens: whose, until when, last used; a row opens the one to be revoked. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { type Token, tokensQuery } from "../../api/accounts.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { Loaded } from "../../frame/states.tsx";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { TokenDialog } from "./token-dialog.tsx";
import { isGood } from "./token-state.ts";

export function TokensCard() {
  const { t } = useSite();
  const tokens = useQuery(tokensQuery);
  const [opened, setOpened] = useState<Token | "new" | null>(null);
  const close = useCallback(() => setOpened(null), []);
  return (
    <Card
      title={t("settings.tab.tokens")}
      hint={t("tokens.hint")}
      file="tokens"
      source={{ path: "/tokens", query: {} }}
      aside={
        <button type="button" onClick={() => setOpened("new")}>
          {t("tokens.new")}
        </button>
      }
    >
      <Loaded
        query={tokens}
        what={t("what.tokens")}
        height={320}
        isEmpty={({ rows }) => rows.length === 0}
        emptyText={t("tokens.none")}
      >
        {({ rows }) => <TokenTable rows={rows} onOpen={setOpened} />}
      </Loaded>
      {opened === "new" && <NewTokenDialog onClose={close} />}
      {opened !== null && opened !== "new" && <TokenDialog token={opened} onClose={close} />}
    </Card>
  );
}

interface TokenTableProps {
  readonly rows: readonly Token[];
  readonly onOpen: (token: Token) => void;
}

function TokenTable({ rows, onOpen }: TokenTableProps) {
  const { t, formats } = useSite();
  const columns = useMemo((): Column<Token>[] => {
    const moment = (id: "createdAt" | "expiresAt" | "lastUsedAt", header: string) => ({
      id,
      header,
      value: (row: Token) => row[id],
      write: (row: Token) => {
        const at = row[id];
        return at === null ? t("figure.none") : formats.momentLong(at);
      },
    });
    const state = (row: Token) =>
      t(row.revokedAt !== null ? "tokens.revoked" : isGood(row) ? "tokens.good" : "tokens.expired");
    return [
      { id: "name", header: t("tokens.name"), wrap: true, value: (row) => row.name },
      { id: "user", header: t("tokens.account"), wrap: true, value: (row) => row.user },
      { id: "role", header: t("accounts.role"), value: (row) => t(`role.${row.role}`) },
      { id: "state", header: t("column.state"), value: state },
      moment("createdAt", t("tokens.created")),
      moment("expiresAt", t("tokens.expires")),
      moment("lastUsedAt", t("tokens.lastUsed")),
    ];
  }, [t, formats]);
  return (
    <DataTable
      label={t("settings.tab.tokens")}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      onRow={onOpen}
      isMuted={(row) => !isGood(row)}
    />
  );
}
