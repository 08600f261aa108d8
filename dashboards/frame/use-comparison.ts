/** What the page is compared with, and its questions asked twice. */

import {
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { FilterParameters } from "../api/types.ts";
import {
  type Compared,
  type Comparison,
  type ComparisonFault,
  comparedOf,
  readComparison,
  writeComparison,
} from "./comparison.ts";
import { useSite } from "./context.ts";
import { useFilters } from "./use-filters.ts";

export interface UsedComparison {
  /** What the address wishes, also where it cannot be had. */
  readonly comparison: Comparison | null;
  /** Null where nothing is compared. */
  readonly compared: Compared | null;
  readonly fault: ComparisonFault | null;
  readonly setComparison: (comparison: Comparison | null) => void;
}

export function useComparison(): UsedComparison {
  const { dimensions } = useSite();
  const { filters, period } = useFilters();
  const [search, setSearch] = useSearchParams();
  return useMemo(() => {
    const setComparison = (next: Comparison | null) =>
      setSearch((now) => writeComparison(now, next));
    const read = readComparison(search);
    const comparison = "value" in read ? read.value : null;
    const none = { comparison, compared: null, fault: null, setComparison };
    if ("fault" in read) return { ...none, fault: read.fault };
    // A period that ends before it begins is said elsewhere.
    if (read.value === null || period === null || period.from >= period.to) return none;
    const found = comparedOf(read.value, { filters, period }, dimensions);
    return "fault" in found ? { ...none, fault: found.fault } : { ...none, compared: found.value };
  }, [search, setSearch, filters, period, dimensions]);
}

export interface AskedTwice<Data> {
  readonly now: UseQueryResult<Data, Error>;
  /** Undefined while nothing is compared, and until the answer is there. */
  readonly against: Data | undefined;
  /** Asks the second question again; null unless it failed. */
  readonly retry: (() => void) | null;
}

/** A page's question for what it shows, and for what that is compared with. */
export function useAskedTwice<Data, Key extends QueryKey>(
  ask: (parameters: FilterParameters) => UseQueryOptions<Data, Error, Data, Key>,
): AskedTwice<Data> {
  const { period, parameters } = useFilters();
  const { compared } = useComparison();
  const now = useQuery({ ...ask(parameters), enabled: period !== null });
  const { placeholderData: _, ...second } = ask(compared?.parameters ?? parameters);
  const against = useQuery({ ...second, enabled: compared !== null } as typeof second);
  const failed = compared !== null && against.data === undefined && against.error !== null;
  return {
    now,
    against: compared === null ? undefined : against.data,
    retry: failed ? () => void against.refetch() : null,
  };
}
