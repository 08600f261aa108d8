/** A change on its way to the server: whether it is, and in words why it was refused. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { useSite } from "../../frame/context.ts";
import type { Translate } from "../../i18n/catalogue.ts";

const KNOWN = [
  "account_exists",
  "weak_password",
  "missing_party",
  "missing_agent",
  "unknown_party",
  "unknown_agent",
  "changed_meanwhile",
  "last_administrator",
  "unknown_account",
  "account_disabled",
  "unknown_token",
  "wrong_password",
  "too_many_attempts",
  "no_answer",
] as const;

function refusalWords(error: unknown, t: Translate): string {
  const code = error instanceof ApiError ? error.code : String(error);
  const known = KNOWN.find((each) => each === code);
  return known === undefined ? t("settings.refused", { code }) : t(`refusal.${known}`);
}

export interface Requesting {
  readonly busy: boolean;
  readonly refusal: string | null;
  /** What was answered; null where it was refused. The lists are asked for again in both cases. */
  readonly send: <Answer>(request: () => Promise<Answer>) => Promise<{ answer: Answer } | null>;
}

/** `lists` are the first words of the queries that the change may touch. */
export function useRequest(...lists: readonly string[]): Requesting {
  const { t } = useSite();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async <Answer>(request: () => Promise<Answer>) => {
    setBusy(true);
    setRefusal(null);
    try {
      return { answer: await request() };
    } catch (error) {
      setRefusal(refusalWords(error, t));
      return null;
    } finally {
      for (const list of [...lists, "changes"]) {
        void client.invalidateQueries({ queryKey: [list] });
      }
      setBusy(false);
    }
  };
  return { busy, refusal, send };
}
