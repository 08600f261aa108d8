/** The four cards of a study: how much, who, which fifths, and the same where nothing happened. */

import { useMemo } from "react";
import type { SpreadStudy, StudyComposition, StudyFifth } from "../../api/studies.ts";
import type { SpreadMetric } from "../../api/types.ts";
import { kindOf } from "../../charts/metric-kinds.ts";
import { compositionSteps, studyComposition } from "../../charts/study-composition.ts";
import { studyCuts } from "../../charts/study-cuts.ts";
import { fallRows, studyFall } from "../../charts/study-fall.ts";
import { studyFifths } from "../../charts/study-fifths.ts";
import { Card, Legend } from "../../frame/card.tsx";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting } from "../../frame/context.ts";
import { sheetOfRows } from "../../frame/sheet.ts";
import { Empty } from "../../frame/states.tsx";
import { compositionHint, cutsHint } from "./study-words.ts";

const HEIGHT = 240;

interface StudyCardProps {
  readonly study: SpreadStudy;
}

export function StudyCards({ study }: StudyCardProps) {
  const hasCuts = study.cuts.some(({ reduction }) => reduction !== null);
  return (
    <>
      <div className="cards halves">
        <FallCard study={study} />
        <CompositionCard study={study} />
      </div>
      <div className={hasCuts ? "cards halves" : "cards"}>
        <FifthsCard study={study} />
        {hasCuts && <CutsCard study={study} />}
      </div>
    </>
  );
}

function FallCard({ study }: StudyCardProps) {
  const setting = useChartSetting();
  const { t } = setting;
  const rows = useMemo(() => fallRows(study), [study]);
  const option = useMemo(() => studyFall(rows, setting), [rows, setting]);
  const sheet = () =>
    sheetOfRows(
      rows.map(({ id, reduction, interval, treated, control }) => ({
        ...{ row: id, reduction, low: interval?.low, high: interval?.high },
        ...{ peopleBefore: treated.before, peopleAfter: treated.after },
        ...{ controlBefore: control?.before, controlAfter: control?.after },
      })),
    );
  return (
    <Card title={t("study.fallTitle")} hint={t("study.fallHint")} file="study-fall" sheet={sheet}>
      <Chart option={option} height={HEIGHT} />
    </Card>
  );
}

/** Shares are read in percentage points, so their variance in the square of those. */
const scaleOf = (metric: SpreadMetric): number => (kindOf(metric) === "share" ? 100 ** 2 : 1);

function CompositionCard({ study }: StudyCardProps) {
  const setting = useChartSetting();
  const { t } = setting;
  const { composition, metric } = study;
  if (composition === null) {
    return (
      <Card title={t("study.compositionTitle")}>
        <Empty text={t("study.compositionEmpty")} />
      </Card>
    );
  }
  return (
    <Card
      title={t("study.compositionTitle")}
      hint={compositionHint(composition, setting)}
      file="study-composition"
      sheet={() =>
        sheetOfRows(
          compositionSteps(composition).map(({ id, from, to, people }) => ({
            ...{ row: id, variance: to - from, people },
          })),
        )
      }
    >
      <CompositionChart composition={composition} metric={metric} />
    </Card>
  );
}

interface CompositionChartProps {
  readonly composition: StudyComposition;
  readonly metric: SpreadMetric;
}

function CompositionChart({ composition, metric }: CompositionChartProps) {
  const setting = useChartSetting();
  const option = useMemo(() => {
    const steps = compositionSteps(composition, scaleOf(metric));
    return studyComposition({ steps, unit: setting.t(`study.square.${metric}`) }, setting);
  }, [composition, metric, setting]);
  return <Chart option={option} height={HEIGHT} />;
}

function FifthsCard({ study }: StudyCardProps) {
  const { t } = useChartSetting();
  const { fifths, metric } = study;
  if (fifths === null) {
    return (
      <Card title={t("study.fifthsTitle")}>
        <Empty text={t("study.fifthsEmpty")} />
      </Card>
    );
  }
  return (
    <Card
      title={t("study.fifthsTitle")}
      hint={t("study.fifthsHint")}
      file="study-fifths"
      sheet={() => sheetOfRows(fifths)}
      aside={
        <Legend
          items={[
            { name: t("study.before"), mark: "mark accent-hollow" },
            { name: t("study.after"), mark: "mark accent-dot" },
          ]}
        />
      }
    >
      <FifthsChart fifths={fifths} metric={metric} />
    </Card>
  );
}

interface FifthsChartProps {
  readonly fifths: readonly StudyFifth[];
  readonly metric: SpreadMetric;
}

function FifthsChart({ fifths, metric }: FifthsChartProps) {
  const setting = useChartSetting();
  const option = useMemo(() => {
    const axisName = setting.t(`axis.${metric}`);
    return studyFifths({ fifths, kind: kindOf(metric), axisName }, setting);
  }, [fifths, metric, setting]);
  return <Chart option={option} height={HEIGHT} />;
}

function CutsCard({ study }: StudyCardProps) {
  const setting = useChartSetting();
  const { t } = setting;
  const { cuts, before, treated } = study;
  const { reduction } = treated.change;
  const option = useMemo(
    () => studyCuts({ cuts, day: before.to, reduction }, setting),
    [cuts, before.to, reduction, setting],
  );
  return (
    <Card
      title={t("study.cutsTitle")}
      hint={cutsHint(study, setting)}
      file="study-cuts"
      sheet={() =>
        sheetOfRows([
          ...cuts.map((cut) => ({ ...cut, assistantCame: false })),
          { day: before.to, reduction, assistantCame: true },
        ])
      }
      aside={
        <Legend
          items={[
            { name: t("study.earlierCut"), mark: "mark hollow" },
            ...(reduction === null
              ? []
              : [{ name: t("study.trueCut"), mark: "mark accent-diamond" }]),
          ]}
        />
      }
    >
      <Chart option={option} height={HEIGHT} />
    </Card>
  );
}
