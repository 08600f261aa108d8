/** Addresses kept under a name. */

import { type SQL, sql } from "drizzle-orm";
import type { Role } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";

export interface SavedView {
  readonly id: string;
  readonly userId: string;
  readonly by: string;
  readonly name: string;
  readonly page: string;
  readonly search: string;
  readonly shared: boolean;
  readonly changedAt: Date;
  readonly version: string;
}

export interface SavedViewWish {
  readonly name: string;
  readonly page: string;
  readonly search: string;
  readonly shared: boolean;
}

/** Who looks: what others of the same side share is shown beside one's own. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
}

/** Of a vendor's people those of its party; of those who see everything one another's; of an agent none. */
function sharedWith({ role }: Viewer): SQL {
  if (role === "agent") return sql`false`;
  if (role === "vendor") return sql`view.shared and view.user_id in (select bound_users())`;
  return sql`view.shared and app_user.role not in ('vendor', 'agent')`;
}

export function viewsOf(db: Queryable, viewer: Viewer): Promise<SavedView[]> {
  return found(db, sql`(view.user_id = ${viewer.userId} or (${sharedWith(viewer)}))`);
}

export async function oneView(
  db: Queryable,
  viewer: Viewer,
  id: string,
): Promise<SavedView | null> {
  const visible = sql`(view.user_id = ${viewer.userId} or (${sharedWith(viewer)}))`;
  return (await found(db, sql`${visible} and view.id = ${id}::uuid`))[0] ?? null;
}

async function found(db: Queryable, which: SQL): Promise<SavedView[]> {
  const { rows } = await db.execute<Record<string, unknown> & SavedView>(sql`
    select view.id, view.user_id as "userId", app_user.name as "by", view.name, view.page,
      view.search, view.shared, view.changed_at as "changedAt", view.xmin::text as version
    from saved_view view join app_user on app_user.id = view.user_id
    where ${which}
    order by lower(view.name), view.name, view.id`);
  return rows.map((row) => ({ ...row, changedAt: new Date(row.changedAt) }));
}

/** Null where the user has another view of that name. */
export async function saveView(
  db: Queryable,
  wish: SavedViewWish,
  by: { readonly userId: string; readonly now: Date },
): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into saved_view (user_id, name, page, search, shared, created_at, changed_at)
    values (${by.userId}, ${wish.name}, ${wish.page}, ${wish.search}, ${wish.shared}, ${by.now}, ${by.now})
    on conflict (user_id, name) do nothing
    returning id`);
  return rows[0]?.id ?? null;
}

export type ViewUpdate = "done" | "changed_meanwhile" | "name_taken";

export async function updateView(
  db: Queryable,
  of: {
    readonly id: string;
    readonly userId: string;
    readonly version: string;
    readonly now: Date;
  },
  wish: SavedViewWish,
): Promise<ViewUpdate> {
  const { rows } = await db.execute(sql`
    select from saved_view
    where user_id = ${of.userId} and name = ${wish.name} and id <> ${of.id}::uuid`);
  if (rows.length > 0) return "name_taken";
  const { rowCount } = await db.execute(sql`
    update saved_view view set name = ${wish.name}, page = ${wish.page}, search = ${wish.search},
      shared = ${wish.shared}, changed_at = ${of.now}
    where id = ${of.id}::uuid and view.xmin::text = ${of.version}`);
  return rowCount === 1 ? "done" : "changed_meanwhile";
}

export async function deleteView(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`delete from saved_view where id = ${id}::uuid`);
}
