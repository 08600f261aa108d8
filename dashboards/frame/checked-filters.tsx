/** What stands between the filter bar and a page: filters that cannot be asked for, and what is compared. */

import type { ReactNode } from "react";
import { useSearchParams } from "wouter";
import {
  comparedName,
  comparisonFaultWords,
  filterFaultWords,
  partlyWords,
} from "./comparison-words.ts";
import { useSite } from "./context.ts";
import { filterFaults, withoutFaults } from "./filters.ts";
import { useComparison } from "./use-comparison.ts";
import { useFilters } from "./use-filters.ts";

/** The page, or what of its address cannot be shown and a way out. */
export function CheckedFilters({ children }: { children: ReactNode }) {
  const site = useSite();
  const { t, dimensions } = site;
  const { period } = useFilters();
  const [search, setSearch] = useSearchParams();
  const faults = filterFaults(search, period, {
    party: dimensions.parties,
    team: dimensions.teams,
    queue: dimensions.queues,
    channel: dimensions.channels.map((id) => ({ id })),
  });
  if (faults.length === 0) {
    return (
      <>
        <ComparisonNote />
        {children}
      </>
    );
  }
  return (
    <div className="state failed" role="alert">
      <p>
        <b>{t("fault.title")}</b>
      </p>
      {faults.map((fault) => {
        const words = filterFaultWords(fault, site);
        return <p key={words}>{words}</p>;
      })}
      <button type="button" onClick={() => setSearch((now) => withoutFaults(now, faults))}>
        {t("fault.clear")}
      </button>
    </div>
  );
}

/** Why nothing is compared though the address asks for it, or that only part of it has data. */
function ComparisonNote() {
  const site = useSite();
  const { compared, fault, setComparison } = useComparison();
  if (fault !== null) {
    return (
      <div className="comparison-note" role="alert">
        <span>{comparisonFaultWords(fault, site)}</span>
        <button type="button" onClick={() => setComparison(null)}>
          {site.t("compare.fault.stop")}
        </button>
      </div>
    );
  }
  const partly = compared === null ? null : partlyWords(compared, site);
  return partly === null ? null : <p className="comparison-note">{partly}</p>;
}

/** What is compared, in the filter bar; one click ends it. */
export function ComparisonChip() {
  const site = useSite();
  const { compared, setComparison } = useComparison();
  if (compared === null) return null;
  const name = comparedName(compared, site);
  return (
    <button
      type="button"
      className="chip"
      aria-label={site.t("compare.stop", { name })}
      onClick={() => setComparison(null)}
    >
      {site.t("compare.against", { name })}
      <i aria-hidden="true">×</i>
    </button>
  );
}
