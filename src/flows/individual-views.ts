/**
 * Whose figures an answer holds is kept before the answer goes out. Not kept: agents who look at
 * themselves, and answers in which nobody can be told.
 */

import type { Queryable } from "../store/connection.ts";
import { namesOf } from "../store/dimensions.ts";
import { agentsNamed, saveIndividualView } from "../store/individual-views.ts";

export interface Looked {
  readonly caller: { readonly userId: string; readonly agentId: number | null };
  readonly route: string;
  readonly query: unknown;
  readonly at: Date;
  /** Ids of the API. */
  readonly agents: ReadonlySet<string>;
  /** The same of very many, by the store's ids. */
  readonly agentIds?: readonly number[];
}

/** Where in a list one is: no part of what was asked. */
const PLACES: ReadonlySet<string> = new Set(["cursor", "limit"]);

export async function keepIndividualView(db: Queryable, looked: Looked): Promise<void> {
  const { caller, route, at, agentIds = [] } = looked;
  const agents = new Set(looked.agents);
  if (caller.agentId !== null && agents.size > 0) {
    const self = (await namesOf(db, "agent", [caller.agentId])).get(caller.agentId);
    if (self !== undefined) agents.delete(self.uuid);
  }
  if (agents.size === 0 && agentIds.length === 0) return;
  const question = questionOf(looked.query);
  const { userId } = caller;
  await saveIndividualView(db, { at, userId, route, agents: [...agents], agentIds, question });
}

function questionOf(query: unknown): Record<string, unknown> {
  const asked = Object.entries(query ?? {});
  return Object.fromEntries(asked.filter(([name]) => !PLACES.has(name)));
}

/** A row as it stands in its file, of a source known by its name or its uuid. */
export interface SeenRow {
  readonly source: string;
  readonly raw: string;
}

/**
 * Rows of files stand as they are for those who put them right, names and all. Who looked is kept even
 * where no name in them is known: somebody may be in them all the same.
 */
export async function keepRowsView(
  db: Queryable,
  looked: Omit<Looked, "agents" | "agentIds">,
  rows: readonly SeenRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const { caller, route, at } = looked;
  const texts = new Map<string, { source: string; text: string }>();
  for (const { source, raw } of rows) {
    for (const text of cellsOf(raw)) texts.set(`${source} ${text}`, { source, text });
  }
  const agentIds = await agentsNamed(db, [...texts.values()]);
  const question = questionOf(looked.query);
  await saveIndividualView(db, {
    ...{ at, userId: caller.userId, route, question },
    ...{ agents: [], agentIds },
  });
}

/** What may be a cell of a row, whatever form it has: between separators, and between quotes. */
function cellsOf(raw: string): string[] {
  const quoted = [...raw.matchAll(/"((?:[^"\\]|""|\\.)*)"/g)].map(([, text = ""]) => text);
  const cells = [...raw.split(/[,;|\t\n{}[\]":]/), ...quoted].map((text) => text.trim());
  // Texts of the store have no NUL, which a row that was rejected may have.
  return cells.filter((text) => text !== "" && !text.includes("\0"));
}
