/** Vendors: what was delivered, and what does it cost at whom? */

import { useQuery } from "@tanstack/react-query";
import { metricsQuery } from "../api/queries.ts";
import { figureOf } from "../api/rows.ts";
import { Card, Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { choosesQueues } from "../frame/filters.ts";
import { addDays, grainOf, periodWithData } from "../frame/periods.ts";
import { Empty, Loaded, Skeleton } from "../frame/states.tsx";
import { useFilters } from "../frame/use-filters.ts";
import { PartyCharts } from "./vendors/party-charts.tsx";
import { PartyTable } from "./vendors/party-table.tsx";
import { outcomesBasis, outcomesSentence } from "./vendors/sentence.ts";

const HEIGHT = 420;

export default function Vendors() {
  const site = useSite();
  const { t } = site;
  const { filters, period, parameters } = useFilters();
  const grain = period === null ? "week" : grainOf(period);
  const enabled = period !== null;
  const total = useQuery({ ...metricsQuery(parameters), enabled });
  const parties = useQuery({ ...metricsQuery({ ...parameters, by: "party" }), enabled });
  const overTime = useQuery({ ...metricsQuery({ ...parameters, by: `party,${grain}` }), enabled });
  if (period === null) return <Empty text={t("empty.period")} />;
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
            counted={{
              period: periodWithData(period, site.dimensions),
              lastDay: site.dimensions.lastDay ?? addDays(period.to, -1),
            }}
            noCosts={t(choosesQueues(filters) ? "empty.costsByQueue" : "empty.costs")}
          />
        )}
      </Loaded>
      <Card title={t("vendors.tableTitle")} hint={t("vendors.tableHint")}>
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
