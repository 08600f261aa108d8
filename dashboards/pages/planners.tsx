/** Planners: when do contacts come, how much work is that, and how well is it answered? */

import { useQuery } from "@tanstack/react-query";
import { metricsQuery, volumeQuery } from "../api/queries.ts";
import { Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { Empty, Loaded } from "../frame/states.tsx";
import { useFilters } from "../frame/use-filters.ts";
import { OccupancyCard } from "./planners/occupancy-card.tsx";
import { serviceBasis, volumeSentence } from "./planners/sentence.ts";
import { CourseCard, HeatMapCard } from "./planners/volume-cards.tsx";

const HEIGHT = 640;

export default function Planners() {
  const site = useSite();
  const { t } = site;
  const { period, parameters } = useFilters();
  const enabled = period !== null;
  const volume = useQuery({ ...volumeQuery(parameters), enabled });
  const total = useQuery({ ...metricsQuery(parameters), enabled });
  if (period === null) return <Empty text={t("empty.period")} />;
  return (
    <>
      <Loaded
        query={volume}
        what={t("what.volume")}
        height={HEIGHT}
        isEmpty={({ rows }) => rows.every((row) => row.offered === 0)}
      >
        {(data) => (
          <>
            <Headline
              sentence={volumeSentence(data, site)}
              basis={serviceBasis(total.data?.rows[0], period, data.zone, site)}
            />
            <div className="cards halves">
              <HeatMapCard volume={data} />
              <CourseCard volume={data} />
            </div>
          </>
        )}
      </Loaded>
      <OccupancyCard />
    </>
  );
}
