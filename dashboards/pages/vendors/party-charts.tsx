/** Verified outcomes by party at the left, what each costs at the right, over the same times. */

import { useMemo } from "react";
import { textOf } from "../../api/rows.ts";
import type { Metrics, MetricsRow } from "../../api/types.ts";
import { costPerAction } from "../../charts/cost-per-action.ts";
import { outcomes } from "../../charts/outcomes.ts";
import {
  byParty,
  type CountedDays,
  isProvisional,
  type PartyTimes,
  type TimeGrain,
} from "../../charts/party-series.ts";
import { type ChartSetting, partyIndex } from "../../charts/setting.ts";
import { AnnotatedChart } from "../../frame/annotated-chart.tsx";
import { Card, Legend } from "../../frame/card.tsx";
import type { ChartMarks } from "../../frame/chart-marks.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useChartSetting, useSite } from "../../frame/context.ts";
import { Empty } from "../../frame/states.tsx";
import { type AskedTwice, useComparison } from "../../frame/use-comparison.ts";
import { useFilters } from "../../frame/use-filters.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import { useComparedFile } from "../shared/compared-file.ts";
import { timeMark } from "./marks.ts";

interface PartyChartsProps {
  readonly rows: readonly MetricsRow[];
  readonly asked: AskedTwice<Metrics>;
  readonly grain: TimeGrain;
  readonly counted: CountedDays;
  /** Said where no party has a cost. */
  readonly noCosts: string;
}

const HEIGHT = 360;

export function PartyCharts(props: PartyChartsProps) {
  const { rows, asked, grain, counted, noCosts } = props;
  const setting = useChartSetting();
  const { parameters } = useFilters();
  const { t } = setting;
  const source = { path: "/metrics", query: { ...parameters, by: `party,${grain}` } };
  const file = useComparedFile(asked, ["partyId", "party", grain], source, grain);
  const { cost, verified } = useOptions(props, setting);
  const times = useMemo(
    () => byParty(rows, grain, counted, setting),
    [rows, grain, counted, setting],
  );
  const marks = useMarks(times, grain, counted);
  const hint = useHint(times.parts.some(isProvisional));
  const present = new Set(rows.map((row) => textOf(row, "party")));
  const { compared } = useComparison();
  const legend = (mark: string) => (
    <Legend
      items={[
        ...setting.parties
          .filter((party) => present.has(party))
          .map((party) => ({ name: party, mark: `swatch party-${partyIndex(setting, party)}` })),
        ...(asked.against === undefined
          ? []
          : [{ name: compared?.group ?? t("legend.against"), mark }]),
      ]}
    />
  );
  return (
    <div className="cards halves">
      <Card
        title={t(`vendors.outcomesTitle.${grain}`)}
        aside={legend("mark total-against")}
        file="outcomes"
        {...file}
        {...hint}
      >
        <AnnotatedChart
          times={{ axis: "category", grain, starts: times.times }}
          option={verified}
          height={HEIGHT}
          marks={marks.outcomes}
        />
      </Card>
      <Card
        title={t("vendors.costTitle")}
        aside={legend("mark dotted-line")}
        file="costs"
        {...file}
        {...hint}
      >
        {cost === null ? (
          <Empty text={noCosts} />
        ) : (
          <AnnotatedChart
            times={{ axis: "category", grain, starts: times.times }}
            option={cost}
            height={HEIGHT}
            marks={marks.costs}
          />
        )}
      </Card>
    </div>
  );
}

/** How to read what is paler, and what is hollow. */
function useHint(provisional: boolean): { hint?: string } {
  const site = useSite();
  const { t } = site;
  const { compared } = useComparison();
  const hints = [
    ...(provisional ? [t("chart.provisional")] : []),
    ...(compared === null ? [] : [t("chart.againstTimes", { name: comparedName(compared, site) })]),
  ];
  return hints.length === 0 ? {} : { hint: hints.join(t("sentence.space")) };
}

function useOptions(props: PartyChartsProps, setting: ChartSetting) {
  const { rows, asked, grain, counted } = props;
  const { t } = setting;
  const { compared } = useComparison();
  const against = useMemo(
    () =>
      asked.against === undefined || compared === null
        ? null
        : { rows: asked.against.rows, shiftDays: compared.shiftDays },
    [asked.against, compared],
  );
  const currency = rows.map((row) => textOf(row, "currency")).find((each) => each !== null);
  const cost = useMemo(
    () =>
      currency === undefined || currency === null
        ? null
        : costPerAction(
            { rows, against, grain, counted, currency, description: t("vendors.costAria") },
            setting,
          ),
    [rows, against, grain, counted, currency, t, setting],
  );
  const verified = useMemo(
    () =>
      outcomes({ rows, against, grain, counted, description: t("vendors.outcomesAria") }, setting),
    [rows, against, grain, counted, t, setting],
  );
  return { cost, verified };
}

/** Bars and lines lead to the contacts with verified outcomes, bars of volume to those handled. */
function useMarks(times: PartyTimes, grain: TimeGrain, { period }: CountedDays) {
  const open = useOpenMark();
  const { parties } = useSite().dimensions;
  return useMemo(() => {
    const marksOf = (figure: string, series: readonly string[]): ChartMarks => ({
      series,
      open: (id, index) => {
        const mark = timeMark({ figure, times, grain, period, parties }, id, index);
        if (mark !== null) open(mark);
      },
    });
    const names = times.series.map(({ party }) => party);
    return {
      outcomes: marksOf("actionsVerified", names),
      costs: marksOf(
        "costPerAction",
        names.flatMap((name) => [`cost ${name}`, `volume ${name}`]),
      ),
    };
  }, [times, grain, period, parties, open]);
}
