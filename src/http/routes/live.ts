/**
 * The live picture: once by GET, and as a stream of snapshots. Viewers who may see the same share
 * one feed, so that a hundred open pages cost one reading of the store each time something changes.
 */

import { POOLS } from "../../domain/shared/vocabulary.ts";
import type { AgentNaming } from "../../flows/read/naming.ts";
import type { WorkChanges } from "../../store/work/changes.ts";
import {
  type LiveScope,
  liveAgents,
  liveAssignments,
  liveQueues,
  type PoolState,
  poolStates,
} from "../../store/work/live.ts";
import { LIVE_EVENTS_PATH, type LiveSnapshot, live, MOST_LIVE_AGENTS } from "../contract/live.ts";
import { READERS } from "../contract/route.ts";
import {
  type Caller,
  eventStream,
  type Mounted,
  mount,
  type RouteContext,
  type SendEvent,
} from "../mount.ts";

/** At most four snapshots a second; one every five even when nothing changes, since ages grow. */
const BETWEEN_MS = 250;
const REFRESH_MS = 5000;
/** A comment, so that what lies between does not close a quiet connection. */
const HEARTBEAT_MS = 15_000;

export function liveRoutes({ changes }: { readonly changes: WorkChanges }): readonly Mounted[] {
  const feeds = new Map<string, Feed>();
  return [
    mount(live, ({ caller, context, naming }) => snapshot(context, scopeOf(caller), naming)),
    eventStream(LIVE_EVENTS_PATH, READERS, (send, { caller, context, naming }) => {
      const scope = scopeOf(caller);
      const key = JSON.stringify([scope, naming.kind]);
      const read = () => snapshot(context, scope, naming);
      const feed = feeds.get(key) ?? startFeed({ read, changes, onEmpty: () => feeds.delete(key) });
      feeds.set(key, feed);
      return feed.join(send);
    }),
  ];
}

/** Vendors see their own party's agents, agents themselves. */
function scopeOf({ role, partyId, agentId }: Caller): LiveScope {
  return {
    // A vendor without a party (the store forbids it) would see nobody, never everybody.
    partyId: role === "vendor" ? (partyId ?? -1) : null,
    agentId: role === "agent" ? (agentId ?? -1) : null,
  };
}

async function snapshot(
  { store, now: clock }: RouteContext,
  scope: LiveScope,
  naming: AgentNaming,
): Promise<LiveSnapshot> {
  const now = clock();
  // What waits in a queue belongs to no party: only those who see all parties see it.
  const bounded = scope.partyId !== null || scope.agentId !== null;
  const queues = bounded ? [] : await liveQueues(store.pool, now);
  const agents = await liveAgents(store.pool, now, scope, MOST_LIVE_AGENTS);
  const states = await poolStates(store.pool, now, scope);
  const assignments = await liveAssignments(store.pool, now, scope);
  return {
    at: now.toISOString(),
    queues: queues.map((queue) => ({ ...queue, doneByMinute: [...queue.doneByMinute] })),
    pools: pools(states),
    agents: agents
      .map((agent) => ({ ...agent, name: naming.nameOf({ uuid: agent.id, name: agent.name }) }))
      .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name))),
    assignments: assignments.map(({ at, why, agentUuid, ...assignment }) => ({
      ...assignment,
      agent: naming.nameOf({ uuid: agentUuid, name: assignment.agent }),
      at: at.toISOString(),
      why: { ...why },
    })),
  };
}

function pools(states: readonly PoolState[]): LiveSnapshot["pools"] {
  return POOLS.flatMap((pool) => {
    const members = states.filter((of) => of.pool === pool);
    if (members.length === 0) return [];
    const inState = (...wanted: PoolState["state"][]) =>
      members
        .filter(({ state }) => wanted.includes(state))
        .reduce((sum, { agents }) => sum + agents, 0);
    return {
      pool,
      signedOn: inState("free", "offered", "working", "aux"),
      free: inState("free"),
      working: inState("offered", "working"),
      aux: inState("aux"),
    };
  });
}

interface Feed {
  /** Sends at once and from then on; returns how to leave. */
  readonly join: (send: SendEvent) => () => void;
}

function startFeed({
  read,
  changes,
  onEmpty,
}: {
  readonly read: () => Promise<LiveSnapshot>;
  readonly changes: WorkChanges;
  readonly onEmpty: () => void;
}): Feed {
  const viewers = new Set<SendEvent>();
  let timer: NodeJS.Timeout | undefined;
  let lastSentAt = 0;
  let reading = false;
  let again = false;

  const sendNow = async (): Promise<void> => {
    timer = undefined;
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      const latest = await read();
      lastSentAt = performance.now();
      for (const send of viewers) send("snapshot", latest);
    } catch {
      // The store is away for a moment: viewers keep what they have, the refresh tries again.
    } finally {
      reading = false;
      if (again && viewers.size > 0) soon();
    }
  };
  const soon = (): void => {
    again = false;
    const wait = lastSentAt + BETWEEN_MS - performance.now();
    timer ??= setTimeout(() => void sendNow(), Math.max(0, wait));
  };
  const forget = changes.subscribe(soon);
  const refresh = setInterval(soon, REFRESH_MS);
  const heartbeat = setInterval(() => {
    for (const send of viewers) send(null, "heartbeat");
  }, HEARTBEAT_MS);
  return {
    join(send) {
      viewers.add(send);
      soon();
      return () => {
        viewers.delete(send);
        if (viewers.size > 0) return;
        forget();
        clearTimeout(timer);
        clearInterval(refresh);
        clearInterval(heartbeat);
        onEmpty();
      };
    },
  };
}
