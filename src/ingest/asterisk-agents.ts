/**
 * Agents' states in a `queue_log`: pauses (`aux`) and being signed on, as stretches of time.
 *
 * Asterisk pauses and adds an agent queue by queue, or in all at once (PAUSEALL, AGENTLOGIN; queue
 * NONE). A stretch is one agent's, from the first queue it holds for to the last, so that a pause in
 * three queues counts once. Lines that make no stretch become log events: an end without a
 * beginning (the log was rotated), a beginning without an end, a stretch of no length.
 */

import { createHash } from "node:crypto";
import type { AgentStateRecord } from "../domain/shared/records.ts";
import type { AgentState } from "../domain/shared/vocabulary.ts";
import type { QueueLine } from "./asterisk-line.ts";
import type { TakenRow } from "./format.ts";

interface Move {
  readonly state: AgentState;
  readonly change: "begins" | "ends" | "ends everywhere";
}

interface Stretch {
  readonly lines: QueueLine[];
  readonly queues: Set<string>;
}

/** `loose` lines are events only; null: the line is about no state, or is kept until an end comes. */
export interface StateStep {
  readonly taken: TakenRow | null;
  readonly loose: readonly QueueLine[];
}

export interface StateTracker {
  /** Null when the line is not about an agent's state. */
  step(line: QueueLine): StateStep | null;
  /** The lines of stretches that have no end. */
  unended(): readonly QueueLine[];
}

const EVERYWHERE = "";

const MOVES: Readonly<Record<string, Move>> = {
  PAUSE: { state: "aux", change: "begins" },
  PAUSEALL: { state: "aux", change: "begins" },
  UNPAUSE: { state: "aux", change: "ends" },
  UNPAUSEALL: { state: "aux", change: "ends everywhere" },
  ADDMEMBER: { state: "signed_on", change: "begins" },
  REMOVEMEMBER: { state: "signed_on", change: "ends" },
  AGENTLOGIN: { state: "signed_on", change: "begins" },
  AGENTCALLBACKLOGIN: { state: "signed_on", change: "begins" },
  AGENTLOGOFF: { state: "signed_on", change: "ends everywhere" },
  AGENTCALLBACKLOGOFF: { state: "signed_on", change: "ends everywhere" },
};

export function stateTracker(): StateTracker {
  const open = new Map<string, Stretch>();
  return {
    step(line) {
      const move = Object.hasOwn(MOVES, line.event) ? MOVES[line.event] : undefined;
      if (move === undefined || line.agent === null) return null;
      const key = `${move.state} ${line.agent}`;
      const stretch = open.get(key);
      if (move.change === "begins") {
        const begun = stretch ?? { lines: [], queues: new Set<string>() };
        begun.lines.push(line);
        begun.queues.add(line.queue ?? EVERYWHERE);
        open.set(key, begun);
        return { taken: null, loose: [] };
      }
      if (stretch === undefined) return { taken: null, loose: [line] };
      stretch.lines.push(line);
      if (!isOver(stretch.queues, line.queue, move)) return { taken: null, loose: [] };
      open.delete(key);
      return ended(stretch.lines, line.agent, move.state);
    },
    unended: () => [...open.values()].flatMap((stretch) => stretch.lines),
  };
}

/** Takes the queue out; over when none is left, or only the sign that all of them had been meant. */
function isOver(queues: Set<string>, queue: string | null, move: Move): boolean {
  if (move.change === "ends everywhere" || queue === null) return true;
  queues.delete(queue);
  return queues.size === 0 || (queues.size === 1 && queues.has(EVERYWHERE));
}

function ended(lines: readonly QueueLine[], agent: string, state: AgentState): StateStep {
  const startsAt = lines[0]?.at ?? 0;
  const endsAt = lines.at(-1)?.at ?? 0;
  if (endsAt <= startsAt) return { taken: null, loose: lines };
  const id = createHash("sha256").update(JSON.stringify([agent, state, startsAt]));
  const record: AgentStateRecord = {
    kind: "agent_state",
    externalId: id.digest("base64url").slice(0, 22),
    agent,
    state,
    startsAt,
    endsAt,
  };
  return { taken: { line: lines[0]?.line ?? 0, rows: lines.length, record, also: [] }, loose: [] };
}
