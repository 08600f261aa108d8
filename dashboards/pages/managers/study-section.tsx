/**
 * Since the assistant came: what the study of the page's metric found, in a sentence, a verdict, and four
 * cards. A part of its own, fetched when the charts above stand, so that they never wait for it.
 */

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { type NoStudy, type SpreadStudy, spreadStudyQuery } from "../../api/studies.ts";
import type { SpreadMetric } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { Empty, Loaded } from "../../frame/states.tsx";
import { StudyCards } from "./study-cards.tsx";
import { STUDY_HEIGHT } from "./study-height.ts";
import { studyBasis } from "./study-words.ts";

export default function StudySection({ metric }: { metric: SpreadMetric }) {
  const { t, dimensions } = useSite();
  const study = useQuery({ ...spreadStudyQuery(metric), enabled: dimensions.assistantsCame });
  if (!dimensions.assistantsCame) return <NoStudySection metric={metric} why="no_adoption" />;
  return (
    <Loaded query={study} what={t("what.study")} height={STUDY_HEIGHT}>
      {(data) =>
        typeof data === "string" ? (
          <NoStudySection metric={metric} why={data} />
        ) : (
          <StudySaid study={data} />
        )
      }
    </Loaded>
  );
}

/** A figure and its sign are not parted at the end of a line. */
const unparted = (text: string): string => text.replaceAll(" %", "\u00a0%");

function StudySaid({ study }: { study: SpreadStudy }) {
  const site = useSite();
  const { t, language } = site;
  const { metric, verdict, sentence } = study;
  const title = useId();
  return (
    <section className="study" aria-labelledby={title}>
      <header>
        <h2 id={title}>{t("study.title", { metric: t(`metric.${metric}`) })}</h2>
        <span className={`badge ${verdict}`}>{t(`study.verdict.${verdict}`)}</span>
      </header>
      <p className="study-sentence">{unparted(sentence[language])}</p>
      <p className="muted">{studyBasis(study, site)}</p>
      {verdict !== "suppressed" && <StudyCards study={study} />}
    </section>
  );
}

/** Nothing to study is no failure. */
function NoStudySection({ metric, why }: { metric: SpreadMetric; why: NoStudy }) {
  const { t } = useSite();
  const title = useId();
  return (
    <section className="study" aria-labelledby={title}>
      <header>
        <h2 id={title}>{t("study.title", { metric: t(`metric.${metric}`) })}</h2>
      </header>
      <Empty text={t(`study.none.${why}`)} />
    </section>
  );
}
