/** The contacts of a mark, page after page, all of them or the part that makes the figure what it is. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { contactsQuery } from "../../api/queries.ts";
import type { Contacts, FilterParameters } from "../../api/types.ts";
import { Tabs } from "../../frame/card.tsx";
import { type Site, useSite } from "../../frame/context.ts";
import { DownloadMenu } from "../../frame/download-menu.tsx";
import type { Mark } from "../../frame/mark.ts";
import { Loaded } from "../../frame/states.tsx";
import { ContactTable } from "./contact-table.tsx";
import { contactsOf, partsOf } from "./populations.ts";

const PAGE = 200;
const WHOLE = "whole";

interface BehindMarkProps {
  readonly mark: Mark;
  readonly parameters: FilterParameters;
  readonly drawer: RefObject<HTMLElement | null>;
  /** Where the menu of downloads stands. */
  readonly menu: RefObject<HTMLElement | null>;
}

export function BehindMark({ mark, parameters, drawer, menu }: BehindMarkProps) {
  const { t } = useSite();
  const [part, setPart] = useState<string>(WHOLE);
  const query = useMemo(() => contactsOf(mark, parameters, part), [mark, parameters, part]);
  const contacts = useInfiniteQuery(contactsQuery({ ...query, limit: PAGE }));
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(menu.current), [menu]);
  const parts = [WHOLE, ...partsOf(mark.figure).map(({ words }) => words)] as const;
  const source = { path: "/contacts", query, paged: true };
  const download = <DownloadMenu what="contacts" source={source} sheet={null} printed={drawer} />;
  return (
    <>
      {slot !== null && createPortal(download, slot)}
      {parts.length > 1 && (
        <Tabs
          label={t("marks.parts")}
          values={parts}
          value={parts.find((each) => each === part) ?? WHOLE}
          nameOf={(each) => t(`marks.part.${each}`)}
          onChange={setPart}
        />
      )}
      <Loaded
        query={contacts}
        what={t("what.contacts")}
        height={400}
        isEmpty={({ pages }) => pages.every(({ rows }) => rows.length === 0)}
        emptyText={t("marks.noRows")}
      >
        {({ pages }) => (
          <RowsOf
            pages={pages}
            more={contacts.hasNextPage}
            busy={contacts.isFetchingNextPage}
            onMore={() => void contacts.fetchNextPage()}
          />
        )}
      </Loaded>
    </>
  );
}

interface RowsProps {
  readonly pages: readonly Contacts[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly onMore: () => void;
}

/** "200 of 1,204 contacts". */
export function countWords(
  pages: readonly Contacts[],
  { t, formats }: Pick<Site, "t" | "formats">,
) {
  const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
  const total = pages[0]?.total ?? null;
  if (total === null) return t("marks.rows", { count: loaded, shown: formats.number(loaded) });
  const count = Math.max(total.count, loaded);
  const values = { shown: formats.number(loaded), all: formats.number(count) };
  return total.more ? t("marks.ofMore", values) : t("marks.of", { ...values, count });
}

function RowsOf({ pages, more, busy, onMore }: RowsProps) {
  const site = useSite();
  const { t } = site;
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  return (
    <>
      <p className="hint" role="status">
        {countWords(pages, site)}
      </p>
      <ContactTable rows={rows} />
      {more && (
        <button type="button" className="more" disabled={busy} onClick={onMore}>
          {t("marks.more")}
        </button>
      )}
    </>
  );
}
