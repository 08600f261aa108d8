/** The rows behind a mark: the contacts a figure was counted from, newest first, also as a file. */

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { contactsQuery } from "../../api/queries.ts";
import type { Contacts, ContactsQuery } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { DownloadMenu } from "../../frame/download-menu.tsx";
import { Loaded } from "../../frame/states.tsx";
import type { Translate } from "../../i18n/catalogue.ts";

type Contact = Contacts["rows"][number];

const SHOWN = 200;

const OUTCOMES = [
  "handled",
  "abandoned",
  "redirected",
  "left_before_queue",
  "phantom",
  "unfinished",
] as const;

function outcomeWords(outcome: string, t: Translate): string {
  const known = OUTCOMES.find((each) => each === outcome);
  return known === undefined ? outcome.replaceAll("_", " ") : t(`outcome.${known}`);
}

interface ContactsDrawerProps {
  readonly title: string;
  readonly query: ContactsQuery;
  readonly onClose: () => void;
}

export function ContactsDrawer({ title, query, onClose }: ContactsDrawerProps) {
  const { t } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const contacts = useQuery(contactsQuery({ ...query, limit: SHOWN }));
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [onClose]);
  return (
    <aside className="drawer" aria-label={title} ref={drawer}>
      <header>
        <h2>{title}</h2>
        <DownloadMenu
          what="contacts"
          source={{ path: "/contacts", query, paged: true }}
          sheet={null}
          printed={drawer}
        />
        <button type="button" onClick={onClose}>
          {t("drawer.close")}
        </button>
      </header>
      <Loaded
        query={contacts}
        what={t("what.contacts")}
        height={400}
        isEmpty={({ rows }) => rows.length === 0}
      >
        {({ rows, next }) => (
          <>
            <p className="hint">
              {t(next === null ? "drawer.all" : "drawer.first", { count: rows.length })}
            </p>
            <ContactTable rows={rows} />
          </>
        )}
      </Loaded>
    </aside>
  );
}

function ContactTable({ rows }: { rows: readonly Contact[] }) {
  const { t, formats } = useSite();
  const columns = useMemo(
    (): Column<Contact>[] => [
      {
        id: "arrived",
        header: t("drawer.arrived"),
        value: (row) => row.arrivedAt,
        write: (row) => formats.momentLong(row.arrivedAt),
      },
      {
        id: "channel",
        header: t("filter.channel"),
        value: (row) => row.channel,
        write: (row) => t(`channel.${row.channel}`),
      },
      { id: "queue", header: t("column.queue"), value: (row) => row.queue },
      {
        id: "outcome",
        header: t("drawer.outcome"),
        value: (row) => row.outcome,
        write: (row) => outcomeWords(row.outcome, t),
      },
      {
        id: "wait",
        header: t("drawer.wait"),
        numeric: true,
        value: (row) => row.waitSeconds,
        write: (row) => formats.figure("seconds", row.waitSeconds),
      },
      {
        id: "handle",
        header: t("metric.meanHandleSeconds"),
        numeric: true,
        value: (row) => row.handleSeconds,
        write: (row) => formats.figure("seconds", row.handleSeconds),
      },
      {
        id: "file",
        header: t("drawer.file"),
        value: (row) => row.file,
        write: (row) => (
          <span className="muted">{row.line === null ? row.file : `${row.file}:${row.line}`}</span>
        ),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("what.contacts")}
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.source} ${row.externalId}`}
    />
  );
}
