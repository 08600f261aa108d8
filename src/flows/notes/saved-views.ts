/** Addresses kept under a name. A view is only an address: what it shows is bound by who opens it. */

import type { Store } from "../../store/connection.ts";
import {
  deleteView,
  oneView,
  type SavedView,
  type SavedViewWish,
  saveView,
  updateView,
  type Viewer,
  viewsOf,
} from "../../store/notes/saved-views.ts";
import { conflict, forbidden, notFound } from "../errors.ts";
import { changedMeanwhile } from "./keeping.ts";

export function readViews(store: Store, viewer: Viewer): Promise<SavedView[]> {
  return viewsOf(store.db, viewer);
}

export async function addView(
  store: Store,
  viewer: Viewer,
  wish: SavedViewWish & { readonly now: Date },
): Promise<SavedView> {
  checkSharing(viewer, wish);
  const id = await saveView(store.db, wish, { userId: viewer.userId, now: wish.now });
  if (id === null) throw nameTaken(wish.name);
  return standing(store, viewer, id);
}

export async function changeView(
  store: Store,
  viewer: Viewer,
  change: SavedViewWish & { readonly id: string; readonly version: string; readonly now: Date },
): Promise<SavedView> {
  checkSharing(viewer, change);
  await own(store, viewer, change.id);
  const outcome = await updateView(store.db, { ...change, userId: viewer.userId }, change);
  if (outcome === "name_taken") throw nameTaken(change.name);
  if (outcome === "changed_meanwhile") throw changedMeanwhile();
  return standing(store, viewer, change.id);
}

export async function removeView(store: Store, viewer: Viewer, id: string): Promise<void> {
  await own(store, viewer, id);
  await deleteView(store.db, id);
}

/** @throws FlowError 404 `unknown_view`. */
async function standing(store: Store, viewer: Viewer, id: string): Promise<SavedView> {
  const found = await oneView(store.db, viewer, id);
  if (found === null) throw notFound("unknown_view", `there is no view ${id}`);
  return found;
}

/** @throws FlowError 404 `unknown_view`; 403 `not_the_maker` for one that another shares. */
async function own(store: Store, viewer: Viewer, id: string): Promise<void> {
  const { userId } = await standing(store, viewer, id);
  if (userId !== viewer.userId) throw forbidden("not_the_maker", "only its maker changes it");
}

/** An agent's page is its own: there is nobody to share it with. */
function checkSharing({ role }: Viewer, { shared }: SavedViewWish): void {
  if (shared && role === "agent") {
    throw forbidden("sharing_not_allowed", "an agent keeps views for itself");
  }
}

const nameTaken = (name: string) =>
  conflict("view_name_taken", `you have another view with the name ${name}`);
