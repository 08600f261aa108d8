/**
 * The process that plays the agents of the demo; `muster serve` starts it, and it can be run by hand:
 * MUSTER_PLAY_ADDRESS=http://127.0.0.1:8080 MUSTER_PLAY_TOKEN=... node seeds/play-agents.ts
 *
 * Ends on SIGTERM and SIGINT, and when the process that started it is gone.
 */

import { playAgents } from "./agent-client.ts";

const address = process.env.MUSTER_PLAY_ADDRESS;
const token = process.env.MUSTER_PLAY_TOKEN;
if (!address || !token) {
  process.stderr.write("MUSTER_PLAY_ADDRESS and MUSTER_PLAY_TOKEN must be set\n");
  process.exit(2);
}

const stopping = new AbortController();
const stop = () => stopping.abort();
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
process.once("disconnect", stop);

try {
  const onNotice = (text: string) => process.stderr.write(`agents of the demo: ${text}\n`);
  await playAgents({ address, token, signal: stopping.signal, onNotice });
} catch (error) {
  process.stderr.write(`agents of the demo: ${String(error)}\n`);
  process.exitCode = 1;
}
// The channel to the starting process would keep this one alive.
if (process.connected) process.disconnect();
