/** Rejected rows on their way to be read again, tried or taken: how far that is, and how it ended. */

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { askSourcesAgain, type Retried, type Source } from "../../api/sources.ts";
import { retryRows } from "./retry-rows.ts";

/** The rows of one reason. */
export interface RetryOf {
  readonly source: Source;
  readonly code: string;
  readonly field: string;
}

export interface RetryWishOf {
  /** None where the format has none. */
  readonly mapping?: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  readonly save: boolean;
}

export interface UsedRetry {
  readonly run: (wish: RetryWishOf) => void;
  readonly stop: () => void;
  readonly busy: boolean;
  readonly error: Error | null;
  /** What came of the rows so far, of those of a failed or stopped one too. */
  readonly soFar: Retried | null;
  readonly wasTrial: boolean;
  /** The mapping as it stands is the one that was tried last. */
  readonly tried: boolean;
}

/** `text`: the mapping as it stands, or any text where there is none. */
export function useRetry({ source, code, field }: RetryOf, text: string): UsedRetry {
  const [triedText, setTriedText] = useState<string | null>(null);
  const [soFar, setSoFar] = useState<Retried | null>(null);
  const stopped = useRef(false);
  const retry = useMutation({
    mutationFn: (wish: RetryWishOf) => {
      stopped.current = false;
      setSoFar(null);
      const watch = { onProgress: setSoFar, isStopped: () => stopped.current };
      return retryRows(source, { ...wish, code, field }, watch);
    },
    onSuccess: (_, { dryRun }) => setTriedText(dryRun ? text : null),
    onSettled: (_, _error, { dryRun }) => {
      if (!dryRun) void askSourcesAgain();
    },
  });
  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  // When the drawer closes nobody watches any more.
  useEffect(() => stop, [stop]);
  return {
    run: retry.mutate,
    stop,
    busy: retry.isPending,
    error: retry.error,
    soFar,
    wasTrial: retry.variables?.dryRun ?? true,
    tried: triedText === text,
  };
}
