/** Under a headline: how far its figures moved against what is compared, and what of it is shown. */

import { useQueries } from "@tanstack/react-query";
import { changeQuery } from "../../api/queries.ts";
import type { ChangeMetric } from "../../api/types.ts";
import type { Compared } from "../../frame/comparison.ts";
import { againstParameters } from "../../frame/comparison.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useSite } from "../../frame/context.ts";
import { useFilters } from "../../frame/use-filters.ts";
import { changeSentence } from "./change-words.ts";

interface ChangeLinesProps {
  readonly compared: Compared;
  readonly metrics: readonly ChangeMetric[];
  /** What the page itself has to say of the two sides. */
  readonly more?: readonly string[];
  /** Asks the page's own second questions again; null unless one failed. */
  readonly retry: (() => void) | null;
}

export function ChangeLines({ compared, metrics, more = [], retry }: ChangeLinesProps) {
  const site = useSite();
  const { t } = site;
  const { parameters } = useFilters();
  const { agent: _, ...shown } = parameters;
  const against = againstParameters(compared.parameters);
  const changes = useQueries({
    queries: metrics.map((metric) => changeQuery({ ...shown, ...against, metric })),
  });
  const failed = changes.filter(({ error, data }) => error !== null && data === undefined);
  const again = () => {
    retry?.();
    for (const change of failed) void change.refetch();
  };
  const name = comparedName(compared, site);
  const sentences = changes.flatMap(({ data }) =>
    data === undefined ? [] : [changeSentence(data, name, site)],
  );
  return (
    <div className="comparison" aria-live="polite">
      {[...sentences, ...more].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {changes.some(({ isLoading }) => isLoading) && <p>{t("compare.loading")}</p>}
      {(retry !== null || failed.length > 0) && (
        <p role="alert">
          {t("compare.failed")}{" "}
          <button type="button" onClick={again}>
            {t("error.retry")}
          </button>
        </p>
      )}
    </div>
  );
}
