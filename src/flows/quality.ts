/**
 * The data-quality report of a source: what looks wrong over the whole of it, found again after each
 * import and kept, beside what single rows carry as findings. Nothing is repaired.
 */

import { type AliasPair, aliasFinding, aliasPairs } from "../domain/quality/aliases.ts";
import { emptyDays, surges } from "../domain/quality/days.ts";
import { type Finding, sortedFindings } from "../domain/quality/finding.ts";
import { unknownNames } from "../domain/quality/unknown-names.ts";
import type { Store } from "../store/connection.ts";
import { keepFindings } from "../store/quality.ts";
import { type QualityRow, qualityRows } from "../store/reports/quality-report.ts";
import {
  type NamedRows,
  overlappingContacts,
  rowsByAgent,
  rowsByDay,
  rowsByQueue,
} from "../store/reports/source-counts.ts";

export type QualityFinding = QualityRow;

/** Judges a source anew, keeps what was found, and returns the whole report. */
export async function assessQuality(
  store: Store,
  source: string,
): Promise<readonly QualityFinding[]> {
  const [days, agents, queues] = await Promise.all([
    rowsByDay(store.db, source),
    rowsByAgent(store.db, source),
    rowsByQueue(store.db, source),
  ]);
  const findings: Finding[] = [
    ...emptyDays(days),
    ...surges(days),
    ...(await likelyAliases(store, agents)),
    ...unknownNames({ field: "agent", known: registered(agents), counts: agents }),
    ...unknownNames({ field: "queue", known: registered(queues), counts: queues }),
  ];
  await keepFindings(store, source, sortedFindings(findings));
  return qualityRows(store.db, source);
}

/** Names that are in the organisation; null where no name of the source is: then there is none. */
function registered(rows: readonly NamedRows[]): ReadonlySet<string> | null {
  const names = rows.flatMap((row) => (row.registered && row.name !== null ? row.name : []));
  return names.length === 0 ? null : new Set(names);
}

async function likelyAliases(store: Store, rows: readonly NamedRows[]): Promise<Finding[]> {
  const byName = new Map<string, NamedRows[]>();
  for (const row of rows) {
    if (row.name === null) continue;
    const rowsOfName = byName.get(row.name);
    if (rowsOfName === undefined) byName.set(row.name, [row]);
    else rowsOfName.push(row);
  }
  const found: Finding[] = [];
  for (const pair of aliasPairs([...byName.keys()])) {
    const finding = await aliasOf(store, pair, byName);
    if (finding !== null) found.push(finding);
  }
  return found;
}

async function aliasOf(
  store: Store,
  pair: AliasPair,
  byName: ReadonlyMap<string, readonly NamedRows[]>,
): Promise<Finding | null> {
  const first = byName.get(pair.first) ?? [];
  const second = byName.get(pair.second) ?? [];
  const [one, other] = [first[0]?.id ?? null, second[0]?.id ?? null];
  if (one === null || other === null) return null;
  const days = [...first, ...second].map((row) => row.day).sort();
  const daysOfFirst = new Set(first.map((row) => row.day));
  const total = (rows: readonly NamedRows[]) => rows.reduce((sum, row) => sum + row.rows, 0);
  return aliasFinding(pair, {
    firstRows: total(first),
    secondRows: total(second),
    sharedDays: second.filter((row) => daysOfFirst.has(row.day)).length,
    overlappingContacts: await overlappingContacts(store.db, { first: one, second: other }),
    firstDay: days[0] ?? null,
    lastDay: days.at(-1) ?? null,
  });
}
