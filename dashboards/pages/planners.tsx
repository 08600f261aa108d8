/** Planners: when do contacts come, how much work is that, and how well is it answered? */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { metricsQuery, volumeQuery } from "../api/queries.ts";
import type { Volume } from "../api/types.ts";
import { Headline } from "../frame/card.tsx";
import { comparedName } from "../frame/comparison-words.ts";
import { useSite } from "../frame/context.ts";
import { type Period, periodWithData } from "../frame/periods.ts";
import { After, Empty, Loaded } from "../frame/states.tsx";
import { type AskedTwice, useAskedTwice, useComparison } from "../frame/use-comparison.ts";
import { useFilters } from "../frame/use-filters.ts";
import { comparedVolume, offeredPerDay } from "./planners/compared-volume.ts";
import { OccupancyCard } from "./planners/occupancy-card.tsx";
import { serviceBasis, volumeSentence } from "./planners/sentence.ts";
import { CourseCard, HeatMapCard } from "./planners/volume-cards.tsx";
import { ChangeLines } from "./shared/change-lines.tsx";
import { totalSentence } from "./shared/change-words.ts";

const HEIGHT = 640;

export default function Planners() {
  const site = useSite();
  const { t } = site;
  const { period, parameters } = useFilters();
  const volume = useAskedTwice((asked) => volumeQuery(asked));
  const total = useQuery({ ...metricsQuery(parameters), enabled: period !== null });
  if (period === null) return <Empty text={t("empty.period")} />;
  return (
    <>
      <Loaded
        query={volume.now}
        what={t("what.volume")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => row.offered === 0)}
      >
        {(data) => (
          <After queries={[total]} height={HEIGHT}>
            <Headline
              sentence={volumeSentence(data, site)}
              basis={serviceBasis(total.data?.rows[0], period, data.zone, site)}
            >
              <VolumeChange asked={volume} period={period} />
            </Headline>
            <VolumeCards now={data} against={volume.against} period={period} />
          </After>
        )}
      </Loaded>
      <After queries={[volume.now, total]}>
        <OccupancyCard />
      </After>
    </>
  );
}

interface VolumeChangeProps {
  readonly asked: AskedTwice<Volume>;
  readonly period: Period;
}

/** Contacts a day, service level and occupancy against the other side. */
function VolumeChange({ asked, period }: VolumeChangeProps) {
  const site = useSite();
  const { t, dimensions } = site;
  const { compared } = useComparison();
  if (compared === null) return null;
  const name = comparedName(compared, site);
  const perDay = {
    metric: t("planners.perDay"),
    kind: "count" as const,
    now: offeredPerDay(asked.now.data, periodWithData(period, dimensions)),
    against: offeredPerDay(asked.against, compared.known),
    name,
  };
  const offered =
    asked.against?.rows.length === 0 && compared.group !== null
      ? t("planners.noVolume", { name })
      : totalSentence(perDay, site);
  return (
    <ChangeLines
      compared={compared}
      metrics={["serviceLevel", "occupancy"]}
      more={asked.against === undefined ? [] : [offered]}
      retry={asked.retry}
    />
  );
}

interface VolumeCardsProps {
  readonly now: Volume;
  readonly against: Volume | undefined;
  readonly period: Period;
}

function VolumeCards({ now, against, period }: VolumeCardsProps) {
  const { dimensions } = useSite();
  const { compared } = useComparison();
  const both = useMemo(() => {
    if (compared === null || against === undefined || against.rows.length === 0) return null;
    const periods = { now: periodWithData(period, dimensions), against: compared.known };
    return comparedVolume({ now, against }, periods);
  }, [now, against, compared, period, dimensions]);
  const volume = both?.now ?? now;
  return (
    <div className="cards halves">
      <HeatMapCard volume={volume} against={both?.against ?? null} />
      <CourseCard volume={volume} against={both?.against ?? null} />
    </div>
  );
}
