/** Vendors: what was delivered, and what does it cost at whom? */

import { useMemo } from "react";
import { metricsQuery } from "../api/queries.ts";
import { figureOf, textOf } from "../api/rows.ts";
import type { Dimensions, Metrics, MetricsRow } from "../api/types.ts";
import { ARRIVING_DAYS, type CountedDays } from "../charts/party-series.ts";
import { Card, Headline } from "../frame/card.tsx";
import { comparedName } from "../frame/comparison-words.ts";
import { useSite } from "../frame/context.ts";
import { choosesQueues } from "../frame/filters.ts";
import {
  addDays,
  GRAINS,
  type Grain,
  grainOf,
  type Period,
  periodWithData,
} from "../frame/periods.ts";
import { After, Empty, Loaded, Skeleton } from "../frame/states.tsx";
import { type AskedTwice, useAskedTwice, useComparison } from "../frame/use-comparison.ts";
import { useFilters } from "../frame/use-filters.ts";
import { ChangeLines } from "./shared/change-lines.tsx";
import { totalSentence } from "./shared/change-words.ts";
import { useComparedFile } from "./shared/compared-file.ts";
import { PartyCharts } from "./vendors/party-charts.tsx";
import { PartyTable } from "./vendors/party-table.tsx";
import { outcomesBasis, outcomesSentence } from "./vendors/sentence.ts";

const HEIGHT = 420;

/** The times that rows are by: while others load, those of the last answer are shown. */
const grainIn = (rows: readonly MetricsRow[]): Grain | undefined =>
  GRAINS.find((grain) => rows.some((row) => textOf(row, grain) !== null));

function countedDays(period: Period, dimensions: Dimensions): CountedDays {
  const lastDay = dimensions.lastDay ?? addDays(period.to, -1);
  return { period: periodWithData(period, dimensions), lastDay };
}

export default function Vendors() {
  const site = useSite();
  const { t, dimensions } = site;
  const { filters, period } = useFilters();
  const grain = period === null ? "week" : grainOf(period);
  const total = useAskedTwice((asked) => metricsQuery(asked));
  const parties = useAskedTwice((asked) => metricsQuery({ ...asked, by: "party" }));
  const overTime = useAskedTwice((asked) => metricsQuery({ ...asked, by: `party,${grain}` }));
  const counted = useMemo(
    () => (period === null ? null : countedDays(period, dimensions)),
    [period, dimensions],
  );
  if (period === null || counted === null) return <Empty text={t("empty.period")} />;
  return (
    <>
      <Loaded query={parties.now} what={t("what.parties")} height={72}>
        {({ rows }) =>
          total.now.isPending ? (
            <Skeleton height={72} />
          ) : (
            <Headline
              sentence={outcomesSentence(total.now.data?.rows[0], rows, site)}
              basis={outcomesBasis(total.now.data?.rows[0], rows, period, site)}
            >
              <TotalChange total={total} counted={counted} />
            </Headline>
          )
        }
      </Loaded>
      <After queries={[parties.now, total.now]}>
        <Loaded
          query={overTime.now}
          what={t("what.parties")}
          height={HEIGHT}
          isEmpty={({ rows }) => rows.every((row) => (figureOf(row, "actionsVerified") ?? 0) === 0)}
          emptyText={t("empty.actions")}
        >
          {({ rows }) => (
            <PartyCharts
              rows={rows}
              asked={overTime}
              grain={grainIn(rows) ?? grain}
              counted={counted}
              noCosts={t(choosesQueues(filters) ? "empty.costsByQueue" : "empty.costs")}
            />
          )}
        </Loaded>
      </After>
      <After queries={[parties.now, total.now, overTime.now]}>
        <PartyCard parties={parties} />
      </After>
    </>
  );
}

/** What each party did and cost, line by line. */
function PartyCard({ parties }: { parties: AskedTwice<Metrics> }) {
  const { t } = useSite();
  const { parameters } = useFilters();
  const file = useComparedFile(parties, ["partyId", "party"], {
    path: "/metrics",
    query: { ...parameters, by: "party" },
  });
  return (
    <Card title={t("vendors.tableTitle")} hint={t("vendors.tableHint")} file="parties" {...file}>
      <Loaded
        query={parties.now}
        what={t("what.parties")}
        height={160}
        isEmpty={({ rows }) => rows.length === 0}
      >
        {({ rows }) => <PartyTable rows={rows} against={parties.against?.rows} />}
      </Loaded>
    </Card>
  );
}

interface TotalChangeProps {
  readonly total: AskedTwice<Metrics>;
  readonly counted: CountedDays;
}

/** Outcomes and their cost against the other side. Both are counts and sums, which chance gives no interval. */
function TotalChange({ total, counted }: TotalChangeProps) {
  const site = useSite();
  const { t } = site;
  const { compared } = useComparison();
  if (compared === null) return null;
  const name = comparedName(compared, site);
  const now = total.now.data?.rows[0];
  const other = total.against?.rows[0];
  const said = (id: "actionsVerified" | "costPerAction") =>
    totalSentence(
      {
        metric: t(`metric.${id}`),
        kind: id === "costPerAction" ? "money" : "count",
        now: now === undefined ? null : figureOf(now, id),
        against: other === undefined ? null : figureOf(other, id),
        currency: (now && textOf(now, "currency")) ?? undefined,
        name,
      },
      site,
    );
  const arriving = counted.period.to > addDays(counted.lastDay, 1 - ARRIVING_DAYS);
  const more =
    total.against === undefined
      ? []
      : [
          said("actionsVerified"),
          said("costPerAction"),
          t("change.totalNote"),
          ...(arriving && compared.group === null ? [t("change.arriving")] : []),
        ];
  return <ChangeLines compared={compared} metrics={[]} more={more} retry={total.retry} />;
}
