/** The live picture: asked for once, then kept up by the stream, which says when it is cut off. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { openLiveEvents } from "../../api/live-events.ts";
import { getLive } from "../../api/reading.ts";
import type { LiveSnapshot } from "../../api/types.ts";

export interface Live {
  readonly first: ReturnType<typeof useFirst>;
  readonly snapshot: LiveSnapshot | undefined;
  /** False while the stream is cut off: the picture stands still. */
  readonly connected: boolean;
}

const useFirst = () =>
  useQuery({ queryKey: ["live"], queryFn: ({ signal }) => getLive(signal), gcTime: 0 });

export function useLive(): Live {
  const first = useFirst();
  const [snapshot, setSnapshot] = useState<LiveSnapshot>();
  const [connected, setConnected] = useState(true);
  useEffect(() => openLiveEvents({ onSnapshot: setSnapshot, onConnection: setConnected }), []);
  return { first, snapshot: snapshot ?? first.data, connected };
}
