/** Settings: who may come in, who saw whose figures, what was changed; for everybody the own password. */

import { Card, Tabs } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { useAddressValue } from "../frame/use-filters.ts";
import { AccountsCard } from "./settings/accounts-card.tsx";
import { ChangesCard } from "./settings/changes-card.tsx";
import { PasswordForm } from "./settings/password-form.tsx";
import { TokensCard } from "./settings/tokens-card.tsx";
import { ViewsCard } from "./settings/views-card.tsx";

const TABS = ["accounts", "tokens", "views", "changes", "password"] as const;

export default function Settings() {
  const { t, session } = useSite();
  const [tab, setTab] = useAddressValue("tab", TABS);
  if (session.role !== "administrator") return <OwnPassword />;
  return (
    <>
      <Tabs
        label={t("page.settings")}
        values={TABS}
        value={tab}
        onChange={setTab}
        nameOf={(id) => t(`settings.tab.${id}`)}
      />
      {tab === "accounts" && <AccountsCard />}
      {tab === "tokens" && <TokensCard />}
      {tab === "views" && <ViewsCard />}
      {tab === "changes" && <ChangesCard />}
      {tab === "password" && <OwnPassword />}
    </>
  );
}

function OwnPassword() {
  const { t, session } = useSite();
  return (
    <Card title={t("settings.tab.password")} hint={t("password.hint", { name: session.name })}>
      <PasswordForm />
    </Card>
  );
}
