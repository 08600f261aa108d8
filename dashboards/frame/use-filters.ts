/** The filters of the address bar, and a way to change them. */

import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { FilterParameters } from "../api/types.ts";
import { useSite } from "./context.ts";
import { type Filters, filterParameters, periodOf, readFilters, writeFilters } from "./filters.ts";
import type { Period } from "./periods.ts";

export interface UsedFilters {
  readonly filters: Filters;
  /** Null where there is no data at all. */
  readonly period: Period | null;
  /** What to ask the API with. */
  readonly parameters: FilterParameters;
  readonly setFilters: (filters: Filters) => void;
}

export function useFilters(): UsedFilters {
  const { dimensions } = useSite();
  const [search, setSearch] = useSearchParams();
  return useMemo(() => {
    const filters = readFilters(search);
    const period = periodOf(filters, dimensions);
    return {
      filters,
      period,
      parameters: period === null ? {} : filterParameters(filters, period),
      setFilters: (next) => setSearch((now) => writeFilters(now, next)),
    };
  }, [search, setSearch, dimensions]);
}

/** One parameter of the address besides the filters, such as a tab. */
export function useAddressValue<Value extends string>(
  name: string,
  values: readonly [Value, ...Value[]],
): [Value, (value: Value) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.get(name);
  const value = values.find((known) => known === text) ?? values[0];
  const set = (next: Value) =>
    setSearch(
      (now) => {
        now.set(name, next);
        return now;
      },
      { replace: true },
    );
  return [value, set];
}
