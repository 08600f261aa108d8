/** Views: what is shown kept under a name, opened, renamed, shared and deleted. */

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link, useSearch } from "wouter";
import { remove, type SavedView, save, type ViewWish, viewsQuery } from "../../api/notes.ts";
import { useSite } from "../context.ts";
import { Drawer } from "../drawer.tsx";
import type { PageId } from "../pages.ts";
import { Loaded } from "../states.tsx";
import { DeleteButton } from "./form-parts.tsx";
import { type UsedChange, useChange } from "./use-change.ts";
import { addressOfView, isShown, keptSearch, viewPageOf } from "./view-address.ts";

const LONGEST_NAME = 100;

interface ViewsDrawerProps {
  readonly page: PageId;
  readonly onClose: () => void;
}

export default function ViewsDrawer({ page, onClose }: ViewsDrawerProps) {
  const { t } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const search = useSearch();
  const views = useQuery(viewsQuery);
  const change = useChange("views");
  const shown = (view: SavedView) => isShown(view, page, search);
  const current = views.data?.rows.find(shown);
  return (
    <Drawer title={t("views.title")} drawer={drawer} onClose={onClose}>
      {current !== undefined && (
        <p className="hint" role="status">
          {t("views.current")} <bdi>{current.name}</bdi>
        </p>
      )}
      <SaveForm page={page} change={change} />
      {change.problem !== null && (
        <p className="problem" role="alert">
          {change.problem}
        </p>
      )}
      <Loaded
        query={views}
        what={t("what.views")}
        height={120}
        isEmpty={({ rows }) => rows.length === 0}
        emptyText={t("views.none")}
      >
        {({ rows }) => (
          <ul className="tool-list" aria-label={t("views.title")}>
            {rows.map((view) => (
              <li key={view.id}>
                <ViewEntry view={view} current={shown(view)} change={change} onOpen={onClose} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Drawer>
  );
}

function SaveForm({ page, change }: { page: PageId; change: UsedChange }) {
  const { t } = useSite();
  const search = useSearch();
  const [name, setName] = useState("");
  const of = viewPageOf(page);
  if (of === null) return <p className="muted">{t("views.notHere")}</p>;
  const submit = async () => {
    const wish: ViewWish = { name, page: of, search: keptSearch(search), shared: false };
    if (await change.run(() => save("views", wish, null))) setName("");
  };
  return (
    <form
      className="tool-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className="whole">
        {t("views.name")}
        <input
          type="text"
          dir="auto"
          required
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="whole buttons">
        <button type="submit" className="main" disabled={change.busy}>
          {t("views.save")}
        </button>
      </div>
    </form>
  );
}

interface ViewEntryProps {
  readonly view: SavedView;
  readonly current: boolean;
  readonly change: UsedChange;
  readonly onOpen: () => void;
}

function ViewEntry({ view, current, change, onOpen }: ViewEntryProps) {
  const { t } = useSite();
  const [renamed, setRenamed] = useState<string | null>(null);
  if (renamed !== null) {
    const done = () => setRenamed(null);
    return <RenameForm {...{ view, name: renamed, change, done, setName: setRenamed }} />;
  }
  return (
    <>
      <div>
        <Link
          href={addressOfView(view)}
          aria-current={current ? "true" : undefined}
          onClick={onOpen}
        >
          <bdi>{view.name}</bdi>
        </Link>
        <p className="muted">
          {t(`page.${view.page}`)}
          {view.mine ? "" : ` · ${t("views.sharedBy", { name: view.by })}`}
          {view.mine && view.shared ? ` · ${t("views.isShared")}` : ""}
        </p>
      </div>
      {view.mine && <OwnButtons {...{ view, change }} onRename={() => setRenamed(view.name)} />}
    </>
  );
}

interface OwnButtonsProps {
  readonly view: SavedView;
  readonly change: UsedChange;
  readonly onRename: () => void;
}

function OwnButtons({ view, change, onRename }: OwnButtonsProps) {
  const { t, session } = useSite();
  const share = () => save("views", { ...wishOf(view), shared: !view.shared }, view);
  return (
    <div className="buttons">
      <button type="button" className="quiet" onClick={onRename}>
        {t("views.rename")}
      </button>
      {session.role !== "agent" && (
        <button
          type="button"
          className="quiet"
          aria-pressed={view.shared}
          disabled={change.busy}
          onClick={() => void change.run(share)}
        >
          {t("views.share")}
        </button>
      )}
      <DeleteButton change={change} remove={() => remove("views", view.id)} />
    </div>
  );
}

const wishOf = ({ name, page, search, shared }: SavedView): ViewWish => ({
  name,
  page,
  search,
  shared,
});

interface RenameFormProps {
  readonly view: SavedView;
  readonly name: string;
  readonly change: UsedChange;
  readonly setName: (name: string) => void;
  readonly done: () => void;
}

function RenameForm({ view, name, change, setName, done }: RenameFormProps) {
  const { t } = useSite();
  const submit = async () => {
    if (await change.run(() => save("views", { ...wishOf(view), name }, view))) done();
  };
  return (
    <form
      className="tool-form whole"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className="whole">
        {t("views.newName")}
        <input
          type="text"
          dir="auto"
          required
          maxLength={LONGEST_NAME}
          value={name}
          // biome-ignore lint/a11y/noAutofocus: the field was asked for by a button that it replaces
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="whole buttons">
        <button type="submit" className="main" disabled={change.busy}>
          {t("notes.save")}
        </button>
        <button type="button" onClick={done}>
          {t("notes.cancel")}
        </button>
      </div>
    </form>
  );
}
