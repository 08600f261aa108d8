/** The live picture as it changes: server-sent events, which the browser connects again by itself. */

import { apiAddress, asked } from "./client.ts";
import type { LiveSnapshot } from "./types.ts";

export interface LiveListener {
  readonly onSnapshot: (snapshot: LiveSnapshot) => void;
  readonly onConnection: (connected: boolean) => void;
}

const RECONNECT_MILLISECONDS = 3000;

/** Opens the stream; call what it returns to close it. */
export function openLiveEvents(listener: LiveListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    // A stream can be given no header that names the reader's language.
    const address = apiAddress("/live/events", { lang: asked.language });
    source = new EventSource(address, { withCredentials: true });
    source.addEventListener("open", () => listener.onConnection(true));
    source.addEventListener("snapshot", (event) => {
      listener.onConnection(true);
      listener.onSnapshot(JSON.parse((event as MessageEvent<string>).data) as LiveSnapshot);
    });
    source.addEventListener("error", () => {
      listener.onConnection(false);
      // After an answer other than 200 the browser gives up: try again ourselves.
      if (source?.readyState === EventSource.CLOSED) {
        timer = setTimeout(connect, RECONNECT_MILLISECONDS);
      }
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
