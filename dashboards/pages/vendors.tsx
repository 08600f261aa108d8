/** Vendors: what was delivered, and what does it cost at whom? */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { metricsQuery } from "../api/queries.ts";
import { figureOf } from "../api/rows.ts";
import type { Dimensions } from "../api/types.ts";
import type { CountedDays } from "../charts/party-series.ts";
import { Card, Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { choosesQueues } from "../frame/filters.ts";
import { addDays, grainOf, type Period, periodWithData } from "../frame/periods.ts";
import { Empty, Loaded, Skeleton } from "../frame/states.tsx";
import { useFilters } from "../frame/use-filters.ts";
import { PartyCharts } from "./vendors/party-charts.tsx";
import { PartyTable } from "./vendors/party-table.tsx";
import { outcomesBasis, outcomesSentence } from "./vendors/sentence.ts";

const HEIGHT = 420;

function countedDays(period: Period, dimensions: Dimensions): CountedDays {
  const lastDay = dimensions.lastDay ?? addDays(period.to, -1);
  return { period: periodWithData(period, dimensions), lastDay };
}

export default function Vendors() {
  const site = useSite();
  const { t, dimensions } = site;
  const { filters, period, parameters } = useFilters();
  const grain = period === null ? "week" : grainOf(period);
  const enabled = period !== null;
  const total = useQuery({ ...metricsQuery(parameters), enabled });
  const parties = useQuery({ ...metricsQuery({ ...parameters, by: "party" }), enabled });
  const overTime = useQuery({ ...metricsQuery({ ...parameters, by: `party,${grain}` }), enabled });
  const counted = useMemo(
    () => (period === null ? null : countedDays(period, dimensions)),
    [period, dimensions],
  );
  if (period === null || counted === null) return <Empty text={t("empty.period")} />;
  return (
    <>
      <Loaded query={parties} what={t("what.parties")} height={72}>
        {({ rows }) =>
          total.isPending ? (
            <Skeleton height={72} />
          ) : (
            <Headline
              sentence={outcomesSentence(total.data?.rows[0], rows, site)}
              basis={outcomesBasis(total.data?.rows[0], period, site)}
            />
          )
        }
      </Loaded>
      <Loaded
        query={overTime}
        what={t("what.parties")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => (figureOf(row, "actionsVerified") ?? 0) === 0)}
        emptyText={t("empty.actions")}
      >
        {({ rows }) => (
          <PartyCharts
            rows={rows}
            grain={grain}
            counted={counted}
            noCosts={t(choosesQueues(filters) ? "empty.costsByQueue" : "empty.costs")}
          />
        )}
      </Loaded>
      <Card
        title={t("vendors.tableTitle")}
        hint={t("vendors.tableHint")}
        file="parties"
        source={{ path: "/metrics", query: { ...parameters, by: "party" } }}
      >
        <Loaded
          query={parties}
          what={t("what.parties")}
          height={160}
          isEmpty={({ rows }) => rows.length === 0}
        >
          {({ rows }) => <PartyTable rows={rows} />}
        </Loaded>
      </Card>
    </>
  );
}
