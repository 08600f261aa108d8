/** What the statements of work run on: the pool, or the client of a transaction. */

import type { QueryResult, QueryResultRow } from "pg";

export interface Sql {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

/** Days of sites are made in their zones: the day it is at the agent's own site. */
export const SITE_DAY = "($1::timestamptz at time zone site.zone)::date";
