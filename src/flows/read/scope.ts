/** From what a caller asks for, and may see, to the cells a report looks at. */

import { addDays } from "../../domain/shared/days.ts";
import type { Channel, Day } from "../../domain/shared/vocabulary.ts";
import { zoneClock } from "../../domain/shared/zone.ts";
import type { Queryable, Store } from "../../store/connection.ts";
import {
  type DataDays,
  dataDays,
  idsOf,
  type NamedTable,
  namesOfPersons,
} from "../../store/dimensions.ts";
import type { ReportScope } from "../../store/reports/scope.ts";

export interface Asked {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly party?: readonly string[] | undefined;
  readonly team?: readonly string[] | undefined;
  readonly queue?: readonly string[] | undefined;
  readonly agent?: readonly string[] | undefined;
  readonly channel?: readonly Channel[] | undefined;
  readonly asOf?: Day | undefined;
}

/** What bounds a caller: null means nothing does. */
export interface Bounds {
  readonly partyId: number | null;
  readonly agentId: number | null;
}

export const UNBOUNDED: Bounds = { partyId: null, agentId: null };

export interface Asking {
  readonly scope: ReportScope;
  readonly asOf: Day;
  readonly days: DataDays;
}

/** Days looked at where none are asked for. */
const DEFAULT_DAYS = 28;

/** Resolves ids and defaults. The default period is the last 28 days there is data for. */
export async function askingOf(
  store: Store,
  asked: Asked,
  bounds: Bounds,
  now: Date,
): Promise<Asking> {
  const days = await dataDays(store.db);
  const today = zoneClock(days.zone).day(now.getTime());
  const last = days.lastDay ?? today;
  const to = asked.to ?? addDays(last, 1);
  const scope: ReportScope = {
    from: asked.from ?? addDays(to, -DEFAULT_DAYS),
    to,
    parties: within(await ids(store.db, "party", asked.party), bounds.partyId),
    teams: await ids(store.db, "team", asked.team),
    agents: await agentsWithin(store.db, await ids(store.db, "agent", asked.agent), bounds),
    queues: await ids(store.db, "queue", asked.queue),
    channels: asked.channel ?? null,
  };
  // A log that ends in 1999 was not watched until today: repeats after its end were not seen.
  const asOf = asked.asOf ?? (last < today ? last : today);
  return { scope, asOf, days };
}

async function ids(
  db: Queryable,
  table: NamedTable,
  uuids: readonly string[] | undefined,
): Promise<number[] | null> {
  return uuids === undefined || uuids.length === 0 ? null : idsOf(db, table, uuids);
}

/** What was asked for, cut down to the one the caller is bound to. */
function within(asked: number[] | null, bound: number | null): number[] | null {
  if (bound === null) return asked;
  return asked === null || asked.includes(bound) ? [bound] : [];
}

/** All names of the persons asked for, cut down to those of the one the caller is. */
async function agentsWithin(
  db: Queryable,
  asked: number[] | null,
  { agentId }: Bounds,
): Promise<number[] | null> {
  const names = asked === null ? null : await namesOfPersons(db, asked);
  if (agentId === null) return names;
  const own = await namesOfPersons(db, [agentId]);
  return names === null ? own : own.filter((name) => names.includes(name));
}
