/** How far the figures above can be trusted: what looked wrong in the data, and what was not taken. */

import { useQuery } from "@tanstack/react-query";
import { qualityQuery } from "../../api/queries.ts";
import type { Quality } from "../../api/types.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { PageLink } from "../../frame/page-link.tsx";
import { Loaded } from "../../frame/states.tsx";
import { findingName } from "../sources/finding-names.ts";

const SHOWN = 8;

export function QualityCard() {
  const { t } = useSite();
  const quality = useQuery(qualityQuery);
  return (
    <Card title={t("quality.title")} aside={<PageLink page="sources">{t("quality.all")}</PageLink>}>
      <Loaded query={quality} what={t("what.quality")} height={200}>
        {(data) => <Summary quality={data} />}
      </Loaded>
    </Card>
  );
}

interface CodeCount {
  readonly code: string;
  readonly count: number;
}

/** Of a day without rows there are no rows to count, so the days are. */
export const countsDays = (code: string): boolean => code === "day_without_rows";

/** How often each code was found, most often first. */
export function countsByCode(found: readonly CodeCount[]): CodeCount[] {
  const counts = new Map<string, number>();
  for (const { code, count } of found) {
    counts.set(code, (counts.get(code) ?? 0) + (countsDays(code) ? 1 : count));
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

function Summary({ quality }: { quality: Quality }) {
  const { t, formats } = useSite();
  const findings = countsByCode(quality.findings);
  const rejected = quality.rejects.reduce((sum, { count }) => sum + count, 0);
  if (findings.length === 0 && rejected === 0) return <p className="good">{t("quality.clean")}</p>;
  return (
    <div className="quality">
      <p>
        {t("quality.findings", {
          count: quality.findings.length,
          shown: formats.number(quality.findings.length),
        })}
      </p>
      <ul>
        {findings.slice(0, SHOWN).map(({ code, count }) => (
          <li key={code}>
            <span>{findingName(code, t)}</span>
            <b>
              {t(countsDays(code) ? "quality.days" : "quality.rows", {
                count,
                shown: formats.number(count),
              })}
            </b>
          </li>
        ))}
      </ul>
      {rejected > 0 && (
        <p>{t("quality.rejects", { count: rejected, shown: formats.number(rejected) })}</p>
      )}
    </div>
  );
}
