/** A change on its way: whether it is, and in words what stood in its way. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import { useWording } from "../context.ts";

export interface UsedChange {
  readonly busy: boolean;
  readonly problem: string | null;
  /** True when it was done. What the lists held is asked for again, also where it was not. */
  readonly run: (change: () => Promise<unknown>) => Promise<boolean>;
}

/** `lists` are the first words of the queries that the change may touch. */
export function useChange(...lists: readonly string[]): UsedChange {
  const { t } = useWording();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(null);
    try {
      await change();
      return true;
    } catch (error) {
      setProblem(problemWords(error, t));
      return false;
    } finally {
      await Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] })));
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

function problemWords(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError) || error.status === 0) return t("error.noAnswer");
  if (error.code === "changed_meanwhile") return t("notes.changedMeanwhile");
  if (error.status === 404) return t("notes.gone");
  if (error.code === "view_name_taken") return t("views.nameTaken");
  return t("notes.notSaved", { reason: error.detail ?? error.message });
}
