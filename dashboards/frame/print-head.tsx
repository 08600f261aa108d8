/** The head of a printed page: which page, which days and filters, in whose time, and when. */

import { usePrinting } from "../theme/printing.ts";
import { useSite } from "./context.ts";
import { CHOICES, type Choice } from "./filters.ts";
import { PAGES, type PageId } from "./pages.ts";
import { addDays } from "./periods.ts";
import { useFilters } from "./use-filters.ts";

export function PrintHead({ page }: { page: PageId }) {
  const { t, formats, dimensions } = useSite();
  const filters = useFilterWords();
  const { period } = useFilters();
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

/** Each filter that is set, with the names that were chosen. */
function useFilterWords(): string[] {
  const { t, dimensions } = useSite();
  const { filters } = useFilters();
  const named = {
    party: dimensions.parties,
    team: dimensions.teams,
    queue: dimensions.queues,
    channel: dimensions.channels.map((id) => ({ id, name: t(`channel.${id}`) })),
  } satisfies Record<Choice, readonly { id: string; name: string }[]>;
  const words = CHOICES.filter((choice) => filters.chosen[choice].length > 0).map((choice) => {
    const names = filters.chosen[choice].map(
      (id) => named[choice].find((each) => each.id === id)?.name ?? id,
    );
    const chosen = names.join(t("print.separator"));
    return t("print.filter", { name: t(`filter.${choice}`), chosen });
  });
  return words.length === 0 ? [t("print.everything")] : words;
}
