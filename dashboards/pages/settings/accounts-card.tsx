/** Every account as a row; a row opens it to be changed. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { type Account, accountsQuery } from "../../api/accounts.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { Loaded } from "../../frame/states.tsx";
import { AccountDialog } from "./account-dialog.tsx";
import { NewAccountDialog } from "./new-account-dialog.tsx";

type Opened = { readonly id: string } | "new" | null;

export function AccountsCard() {
  const { t } = useSite();
  const accounts = useQuery(accountsQuery);
  const [opened, setOpened] = useState<Opened>(null);
  const close = useCallback(() => setOpened(null), []);
  // By id: after a change by somebody else it is the account as it is now.
  const account = accounts.data?.rows.find(
    ({ id }) => opened !== null && opened !== "new" && id === opened.id,
  );
  return (
    <Card
      title={t("settings.tab.accounts")}
      hint={t("accounts.hint")}
      file="accounts"
      source={{ path: "/accounts", query: {} }}
      aside={
        <button type="button" onClick={() => setOpened("new")}>
          {t("accounts.new")}
        </button>
      }
    >
      <Loaded query={accounts} what={t("what.accounts")} height={320}>
        {({ rows }) => <AccountTable rows={rows} onOpen={setOpened} />}
      </Loaded>
      {opened === "new" && <NewAccountDialog onClose={close} />}
      {account !== undefined && <AccountDialog account={account} onClose={close} />}
    </Card>
  );
}

interface AccountTableProps {
  readonly rows: readonly Account[];
  readonly onOpen: (account: Account) => void;
}

function AccountTable({ rows, onOpen }: AccountTableProps) {
  const { t, formats } = useSite();
  const columns = useMemo((): Column<Account>[] => {
    const state = ({ disabledAt, hasPassword }: Account) =>
      t(
        disabledAt !== null
          ? "accounts.disabled"
          : hasPassword
            ? "accounts.open"
            : "accounts.tokensOnly",
      );
    return [
      { id: "name", header: t("accounts.name"), wrap: true, value: (row) => row.name },
      {
        id: "role",
        header: t("accounts.role"),
        value: (row) => t(`role.${row.role}`),
      },
      {
        id: "bound",
        header: t("accounts.bound"),
        wrap: true,
        value: (row) => row.party?.name ?? row.agent?.name ?? null,
        write: (row) => row.party?.name ?? row.agent?.name ?? t("figure.none"),
      },
      { id: "state", header: t("column.state"), value: state },
      {
        id: "last",
        header: t("accounts.lastSignIn"),
        value: (row) => row.lastSignInAt,
        write: (row) =>
          row.lastSignInAt === null ? t("figure.none") : formats.momentLong(row.lastSignInAt),
      },
    ];
  }, [t, formats]);
  return (
    <DataTable
      label={t("settings.tab.accounts")}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      onRow={onOpen}
      isMuted={(row) => row.disabledAt !== null}
    />
  );
}
