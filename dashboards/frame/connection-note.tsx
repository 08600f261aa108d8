/** Says that Muster does not answer, for as long as it does not. The queries ask again by themselves. */

import { notifyManager } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { ApiError } from "../api/client.ts";
import { queryClient } from "../api/queries.ts";
import { useWording } from "./context.ts";

const cache = queryClient.getQueryCache();

/** Does something that is shown wait for an answer that did not come? */
const isAway = (): boolean =>
  cache.getAll().some((query) => {
    const { error } = query.state;
    return query.isActive() && error instanceof ApiError && error.status === 0;
  });

const watch = (changed: () => void) => cache.subscribe(notifyManager.batchCalls(changed));

export function ConnectionNote() {
  const { t } = useWording();
  const away = useSyncExternalStore(watch, isAway);
  return (
    <div className={away ? "connection-note" : "connection-note none"} role="status">
      {away && t("connection.away")}
    </div>
  );
}
