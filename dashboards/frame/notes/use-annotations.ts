/** The notes on the days that are looked at. */

import { useQuery } from "@tanstack/react-query";
import { type Annotation, annotationsQuery } from "../../api/notes.ts";
import { useSite } from "../context.ts";
import { useFilters } from "../use-filters.ts";

const NONE: readonly Annotation[] = [];

/** Nobody notes anything for an agent, so none is asked for. */
export function useAnnotations(): readonly Annotation[] {
  const { session } = useSite();
  const { period } = useFilters();
  const days = period ?? { from: "", to: "" };
  const { data } = useQuery({
    ...annotationsQuery(days),
    enabled: period !== null && session.role !== "agent",
  });
  return data?.rows ?? NONE;
}
