/** The head of a printed page: which page, which days and filters, in whose time, and when. */

import { usePrinting } from "../theme/printing.ts";
import { comparedName } from "./comparison-words.ts";
import { useSite } from "./context.ts";
import { filterWords } from "./filter-words.ts";
import { PAGES, type PageId } from "./pages.ts";
import { addDays } from "./periods.ts";
import { useComparison } from "./use-comparison.ts";
import { useFilters } from "./use-filters.ts";

export function PrintHead({ page }: { page: PageId }) {
  const site = useSite();
  const { t, formats, dimensions } = site;
  const filters = useFilterWords();
  const { period } = useFilters();
  const { compared } = useComparison();
  // Asked for, so that the time is that of the print.
  usePrinting();
  const days =
    period === null || !PAGES[page].filtered
      ? []
      : [
          t("print.period", {
            from: formats.dayLong(period.from),
            to: formats.dayLong(addDays(period.to, -1)),
          }),
        ];
  const facts = [
    ...days,
    ...(PAGES[page].filtered ? filters : []),
    ...(PAGES[page].filtered && compared !== null
      ? [t("print.against", { name: comparedName(compared, site) })]
      : []),
    t("print.zone", { zone: dimensions.zone }),
    t("print.at", { time: formats.momentLong(new Date().toISOString()) }),
  ];
  return (
    <div className="print-head">
      <b>Muster · {t(`page.${page}`)}</b>
      <ul>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </div>
  );
}

/** Each filter that is set, or that none is. */
function useFilterWords(): string[] {
  const site = useSite();
  const { filters } = useFilters();
  const words = filterWords(filters.chosen, site);
  return words.length === 0 ? [site.t("print.everything")] : words;
}
