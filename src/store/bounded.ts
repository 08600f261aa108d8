/**
 * The store as a bounded caller has it. Every statement runs in a transaction under the role
 * `muster_bounded`, which sees the rows of the caller's party or agent and no others (migration 0006).
 * Role and bounds end with the transaction, so a connection goes back to the pool as it came.
 */

import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { invariant } from "../domain/shared/errors.ts";
import type { Store } from "./connection.ts";
import { inTransaction } from "./transaction.ts";

export const BOUNDED_ROLE = "muster_bounded";

/** Whose rows are seen: those of a party, or of an agent. Both null: of nobody. */
export interface StoreBounds {
  readonly partyId: number | null;
  readonly agentId: number | null;
  /** Who asks, for what is one user's own. */
  readonly userId: string;
}

export type Access = "read only" | "read write";

/** Statements and transactions on the same pool of connections, all of them bounded. */
export function boundedStore(store: Store, bounds: StoreBounds, access: Access): Store {
  const pool = boundedPool(store.pool, boundsText(bounds, access));
  const noWayAround = (): never => {
    throw new Error("invariant broken: a bounded store has no other way to the database");
  };
  return {
    pool,
    db: drizzle({ client: pool }),
    get connection() {
      return noWayAround();
    },
    get url() {
      return noWayAround();
    },
    close: async () => noWayAround(),
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What follows `begin`. Settings take no parameters, so what stands in them is looked at first. */
function boundsText({ partyId, agentId, userId }: StoreBounds, access: Access): string {
  invariant(partyId === null || Number.isSafeInteger(partyId), "the id of a party is an integer");
  invariant(agentId === null || Number.isSafeInteger(agentId), "the id of an agent is an integer");
  invariant(UUID.test(userId), "the id of a user is a UUID");
  return `; set transaction ${access}; set local role ${BOUNDED_ROLE};
    set local muster.party_id = '${partyId ?? ""}'; set local muster.agent_id = '${agentId ?? ""}';
    set local muster.user_id = '${userId}'`;
}

type Query = (...given: unknown[]) => Promise<unknown>;

/** A pool in name: it lends the connections of the one it is given, and has none of its own. */
function boundedPool(owner: pg.Pool, bounds: string): pg.Pool {
  const connect = async () => boundedClient(await owner.connect(), bounds);
  const pool = Object.assign(new pg.Pool(), { connect });
  const query: Query = (...given) =>
    inTransaction(pool, (client) => (client.query as unknown as Query)(...given));
  return Object.assign(pool, { query }) as pg.Pool;
}

const BEGIN = /^\s*begin\b[^;]*$/i;
const END = /^\s*(?:commit|rollback)\s*$/i;

/** A connection that is bounded from `begin` to the end of the transaction, and refuses all else. */
function boundedClient(client: pg.PoolClient, bounds: string): pg.PoolClient {
  const ask = client.query.bind(client) as unknown as Query;
  let inside = false;
  const query: Query = async (...given) => {
    const [first] = given;
    const text = typeof first === "string" ? first : String((first as { text?: string }).text);
    if (END.test(text)) {
      inside = false;
      return ask(...given);
    }
    if (inside) return ask(...given);
    invariant(BEGIN.test(text), "a bounded statement stands in a transaction");
    // One message: the role is there before anything else can be asked.
    inside = true;
    return ask(`${text}${bounds}`);
  };
  const release = (broken?: Error | boolean) => {
    client.release(broken ?? (inside ? new Error("released within a transaction") : undefined));
  };
  return Object.assign(Object.create(client) as pg.PoolClient, { query, release });
}
