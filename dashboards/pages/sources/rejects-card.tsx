/** Rows that were not taken, by reason; a reason opens its rows, to be put right and tried again. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { sourcesQuery } from "../../api/sources.ts";
import type { Quality } from "../../api/types.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { Empty } from "../../frame/states.tsx";
import { RejectDrawer } from "./reject-drawer.tsx";
import { RejectTable } from "./reject-table.tsx";

type RejectCount = Quality["rejects"][number];

export function RejectsCard({ rejects }: Pick<Quality, "rejects">) {
  const { t } = useSite();
  const sources = useQuery(sourcesQuery);
  const [opened, setOpened] = useState<RejectCount | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const source = sources.data?.sources.find(({ name }) => name === opened?.source);
  return (
    <>
      <Card title={t("sources.rejectsTitle")} hint={t("sources.rejectsHint")} file="rejects">
        {rejects.length === 0 ? (
          <Empty text={t("empty.rejects")} />
        ) : (
          <RejectTable rejects={rejects} onRow={setOpened} />
        )}
      </Card>
      {opened !== null && source !== undefined && (
        <RejectDrawer source={source} code={opened.code} field={opened.field} onClose={close} />
      )}
    </>
  );
}
