/** Verified outcomes by party at the left, what each costs at the right, over the same times. */

import { useMemo } from "react";
import { textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import { costPerAction } from "../../charts/cost-per-action.ts";
import { outcomes } from "../../charts/outcomes.ts";
import {
  byParty,
  type CountedDays,
  isProvisional,
  type TimeGrain,
} from "../../charts/party-series.ts";
import { partyIndex } from "../../charts/setting.ts";
import { Card, Legend } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { Empty } from "../../frame/states.tsx";
import { useFilters } from "../../frame/use-filters.ts";

interface PartyChartsProps {
  readonly rows: readonly MetricsRow[];
  readonly grain: TimeGrain;
  readonly counted: CountedDays;
  /** Said where no party has a cost. */
  readonly noCosts: string;
}

const HEIGHT = 360;

export function PartyCharts({ rows, grain, counted, noCosts }: PartyChartsProps) {
  const setting = useChartSetting();
  const { parameters } = useFilters();
  const { t } = setting;
  const source = { path: "/metrics", query: { ...parameters, by: `party,${grain}` } };
  const currency = rows.map((row) => textOf(row, "currency")).find((each) => each !== null);
  const cost = useMemo(
    () =>
      currency === undefined || currency === null
        ? null
        : costPerAction(
            { rows, grain, counted, currency, description: t("vendors.costAria") },
            setting,
          ),
    [rows, grain, counted, currency, t, setting],
  );
  const verified = useMemo(
    () => outcomes({ rows, grain, counted, description: t("vendors.outcomesAria") }, setting),
    [rows, grain, counted, t, setting],
  );
  const provisional = byParty(rows, grain, counted, setting).parts.some(isProvisional);
  const hint = provisional ? { hint: t("chart.provisional") } : {};
  const present = new Set(rows.map((row) => textOf(row, "party")));
  const legend = (
    <Legend
      items={setting.parties
        .filter((party) => present.has(party))
        .map((party) => ({ name: party, mark: `swatch party-${partyIndex(setting, party)}` }))}
    />
  );
  return (
    <div className="cards halves">
      <Card
        title={t(`vendors.outcomesTitle.${grain}`)}
        aside={legend}
        file="outcomes"
        source={source}
        {...hint}
      >
        <Chart option={verified} height={HEIGHT} />
      </Card>
      <Card title={t("vendors.costTitle")} aside={legend} file="costs" source={source} {...hint}>
        {cost === null ? <Empty text={noCosts} /> : <Chart option={cost} height={HEIGHT} />}
      </Card>
    </div>
  );
}
