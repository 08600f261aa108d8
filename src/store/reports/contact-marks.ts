/**
 * Which contacts a mark of a chart stands for, besides the report's scope: the same rules as those the
 * tallies count by (`store/tally`), so that the rows behind a figure are as many as the figure says.
 */

import { type SQL, sql } from "drizzle-orm";
import type { RepeatWindow } from "../../domain/shared/tally.ts";
import type { ContactOutcome, Day } from "../../domain/shared/vocabulary.ts";

export interface ContactMark {
  readonly outcomes: readonly ContactOutcome[] | null;
  /** 1 Monday to 7 Sunday, of the local day. */
  readonly weekday: number | null;
  /** Minute of the local day at which its quarter of an hour begins. */
  readonly minute: number | null;
  readonly assisted: boolean | null;
  readonly transferred: boolean | null;
  readonly waitWithin: number | null;
  readonly waitOver: number | null;
  readonly surveyed: boolean | null;
  readonly complained: boolean | null;
  /** With an outcome reported. */
  readonly acted: boolean | null;
  /** With an outcome that was verified. */
  readonly verified: boolean | null;
  /** Handled for a known customer, on a day whose whole window had passed by `asOf`. */
  readonly judgedWithin: RepeatWindow | null;
  /** Of those: the customer came again within the window. */
  readonly repeatedWithin: RepeatWindow | null;
  /** Of nobody's party: no agent, or an agent without a team on that day. */
  readonly withoutParty: boolean | null;
  /** The local day until which repeats could be seen, exclusive. */
  readonly asOf: Day;
}

const when = (is: boolean | null, condition: SQL): SQL[] => {
  if (is === null) return [];
  return [is ? condition : sql`not ${condition}`];
};

/** The conditions on the contact `t`; `team` is that of the day. */
export function markConditions(mark: ContactMark): SQL[] {
  const { outcomes, weekday, minute, waitWithin, waitOver, judgedWithin, repeatedWithin } = mark;
  return [
    ...(outcomes === null ? [] : [sql`t.outcome = any(${sql.param(outcomes)}::contact_outcome[])`]),
    ...(weekday === null ? [] : [sql`extract(isodow from t.local_day) = ${weekday}::int`]),
    ...(minute === null ? [] : [inQuarter(minute)]),
    ...(waitWithin === null ? [] : [sql`t.wait_seconds <= ${waitWithin}::int`]),
    ...(waitOver === null ? [] : [sql`t.wait_seconds > ${waitOver}::int`]),
    ...when(mark.assisted, sql`t.assisted`),
    ...when(mark.transferred, sql`t.transferred`),
    ...when(mark.surveyed, linked("survey")),
    ...when(mark.complained, linked("complaint")),
    ...when(mark.acted, linked("outcome")),
    ...when(mark.verified, linked("outcome", sql`and l.verified`)),
    ...when(mark.withoutParty, sql`(team.party_id is null)`),
    ...(judgedWithin === null ? [] : [judged(judgedWithin, mark.asOf)]),
    ...(repeatedWithin === null
      ? []
      : [judged(repeatedWithin, mark.asOf), repeated(repeatedWithin)]),
  ];
}

/** What the conditions of a mark need beside the contact `t`: the zone of its queue's site. */
export function markJoins({ minute }: ContactMark): SQL {
  if (minute === null) return sql``;
  return sql`
    left join queue as arrived_queue on arrived_queue.id = t.queue_id
    left join site as arrived_site on arrived_site.id = arrived_queue.site_id`;
}

/** The quarter of an hour in which it arrived, in the zone of its queue's site. */
function inQuarter(minute: number): SQL {
  const quarter = sql`date_bin('15 minutes', t.arrived_at, '2000-01-01T00:00Z')`;
  return sql`(${quarter} at time zone coalesce(arrived_site.zone, 'UTC'))::time
    = make_time(${Math.floor(minute / 60)}::int, ${minute % 60}::int, 0)`;
}

function linked(table: "survey" | "complaint" | "outcome", more: SQL = sql``): SQL {
  return sql`exists (
    select from ${sql.identifier(table)} as l
    where l.contact_source_id = t.source_id and l.contact_external_id = t.external_id ${more})`;
}

function judged(days: RepeatWindow, asOf: Day): SQL {
  return sql`t.outcome = 'handled' and t.customer_key is not null
    and t.local_day + ${days}::int < ${asOf}::date`;
}

/** Another conversation of the customer began later and within the window, whoever had it. */
function repeated(days: RepeatWindow): SQL {
  return sql`exists (
    select from customer_contact as later
    where later.customer_key = t.customer_key and later.arrived_at > t.arrived_at
      and later.arrived_at <= t.arrived_at + ${days * 24}::int * interval '1 hour')`;
}

/** Column of tally_agent_day that counts an outcome. */
const COUNTED: Readonly<Record<ContactOutcome, SQL>> = {
  handled: sql`t.handled`,
  abandoned: sql`t.abandoned`,
  redirected: sql`t.redirected`,
  left_before_queue: sql`t.left_before_queue`,
  phantom: sql`t.phantom`,
  unfinished: sql`t.unfinished`,
};

/**
 * What of a cell of tally_agent_day a mark counts, and in which cells; null where the tally does not
 * know, and contacts have to be counted themselves.
 */
export function tallyOfMark(mark: ContactMark): { readonly sum: SQL; readonly where: SQL } | null {
  const { outcomes, weekday, assisted, withoutParty, judgedWithin } = mark;
  const others = [
    mark.minute,
    mark.transferred,
    mark.waitWithin,
    mark.waitOver,
    mark.surveyed,
    mark.complained,
    mark.acted,
    mark.verified,
    mark.repeatedWithin,
  ];
  if (others.some((other) => other !== null)) return null;
  if (judgedWithin !== null && outcomes !== null) return null;
  const where = [
    ...(weekday === null ? [] : [sql`extract(isodow from t.local_day) = ${weekday}::int`]),
    ...when(assisted, sql`t.assisted`),
    ...when(withoutParty, sql`(team.party_id is null)`),
    ...(judgedWithin === null
      ? []
      : [sql`t.local_day + ${judgedWithin}::int < ${mark.asOf}::date`]),
    sql`true`,
  ];
  const counted = (outcomes ?? []).map((outcome) => COUNTED[outcome]);
  const sum =
    judgedWithin !== null
      ? sql`t.customer_known`
      : outcomes === null
        ? sql`t.contacts`
        : counted.length === 0
          ? sql`0`
          : sql.join(counted, sql` + `);
  return { sum, where: sql.join(where, sql` and `) };
}
