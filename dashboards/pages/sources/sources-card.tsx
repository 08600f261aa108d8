/** How each source stands. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { askSourcesAgain, sourcesQuery } from "../../api/sources.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { Loaded } from "../../frame/states.tsx";
import { SourceTable } from "./source-table.tsx";

export function SourcesCard() {
  const { t } = useSite();
  const sources = useQuery(sourcesQuery);
  useNewsOfPull(sources.data?.lastPull?.state);
  return (
    <Card
      title={t("sources.tableTitle")}
      hint={t("sources.tableHint")}
      file="sources"
      source={{ path: "/sources", query: {} }}
    >
      <Loaded
        query={sources}
        what={t("what.sources")}
        height={160}
        isEmpty={(data) => data.sources.length === 0}
        emptyText={t("sources.none")}
      >
        {(data) => <SourceTable {...data} />}
      </Loaded>
    </Card>
  );
}

/** A pull that has ended brought rows: the rest of the page is asked for again. */
function useNewsOfPull(state: string | undefined): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "running" && state !== "running") void askSourcesAgain();
    before.current = state;
  }, [state]);
}
