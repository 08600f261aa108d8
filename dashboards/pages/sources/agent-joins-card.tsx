/** Names that may be one agent, with what speaks for it: counted as one, and taken apart again. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import {
  type AgentJoin,
  agentJoinsQuery,
  joinAgents,
  type SuspectedPair,
  undoJoin,
} from "../../api/sources.ts";
import { Card } from "../../frame/card.tsx";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { Loaded } from "../../frame/states.tsx";
import { detailWords } from "./detail-words.ts";
import { problemWords } from "./problem-words.ts";

const JOINERS: ReadonlySet<string> = new Set(["administrator", "manager"]);

export function AgentJoinsCard() {
  const { session } = useSite();
  return JOINERS.has(session.role) ? <JoinsCard /> : null;
}

function JoinsCard() {
  const { t } = useSite();
  const joins = useQuery(agentJoinsQuery);
  const box = useRef<HTMLDivElement>(null);
  const [turned, setTurned] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: ({ work }: Change) => work(),
    onSuccess: (_, { turns }) => setTurned(turns),
  });
  useFocusOn(turned, box, joins.data);
  return (
    <Card title={t("joins.title")} hint={t("joins.hint")} file="agent-names">
      {change.error !== null && (
        <p className="warning" role="alert">
          {problemWords(change.error, t)}
        </p>
      )}
      <Loaded query={joins} what={t("joins.title")} height={160}>
        {(data) => (
          <div ref={box}>
            {data.suspected.length === 0 ? (
              <p className="muted">{t("joins.noneSuspected")}</p>
            ) : (
              <PairTable pairs={data.suspected} change={change.mutate} busy={change.isPending} />
            )}
            {data.joins.length > 0 && (
              <JoinTable joins={data.joins} change={change.mutate} busy={change.isPending} />
            )}
          </div>
        )}
      </Loaded>
    </Card>
  );
}

interface Change {
  readonly work: () => Promise<void>;
  /** The button that turns it back, which the focus goes to. */
  readonly turns: string;
}

const joinButton = (agent: string, other: string) => `join ${agent} ${other}`;
const undoButton = (agent: string, into: string) => `undo ${agent} ${into}`;

/** The button that was pressed is gone with its row: its counterpart gets the focus once it is there. */
function useFocusOn(button: string | null, box: RefObject<HTMLElement | null>, drawn: unknown) {
  const done = useRef<string | null>(null);
  useEffect(() => {
    if (button === done.current || drawn === undefined) return;
    const target = box.current?.querySelector<HTMLElement>(`[data-button="${button}"]`);
    if (target === null || target === undefined) return;
    target.focus();
    done.current = button;
  }, [button, box, drawn]);
}

interface Changing {
  readonly change: (change: Change) => void;
  readonly busy: boolean;
}

function PairTable({ pairs, change, busy }: Changing & { pairs: readonly SuspectedPair[] }) {
  const { t, formats } = useSite();
  const columns = useMemo((): Column<SuspectedPair>[] => {
    const days = ({ firstDay, lastDay }: SuspectedPair["agent"]) => {
      if (firstDay === null || lastDay === null) return t("figure.none");
      if (firstDay === lastDay) return formats.dayLong(firstDay);
      return t("detail.span", { from: formats.dayLong(firstDay), to: formats.dayLong(lastDay) });
    };
    const ofName = (side: "agent" | "other"): Column<SuspectedPair>[] => [
      {
        id: side,
        header: t(side === "agent" ? "joins.name" : "joins.otherName"),
        wrap: true,
        value: (row) => row[side].name,
        text: (row) => `${row[side].name}, ${days(row[side])}`,
        write: (row) => (
          <>
            {row[side].name}
            <div className="muted place">{days(row[side])}</div>
          </>
        ),
      },
      {
        id: `${side}Contacts`,
        header: t("joins.contacts"),
        numeric: true,
        value: (row) => row[side].contacts,
        write: (row) => formats.number(row[side].contacts),
      },
    ];
    const why = (row: SuspectedPair) =>
      detailWords(
        {
          ...{ code: "likely_alias", source: row.source, agent: row.agent.name, queue: null },
          ...{ day: null, count: 0, detail: row.detail },
        },
        { t, formats },
      );
    return [
      { id: "source", header: t("column.source"), value: (row) => row.source },
      ...ofName("agent"),
      ...ofName("other"),
      { id: "why", header: t("joins.why"), wrap: true, value: why },
      {
        id: "join",
        header: t("sources.actions"),
        value: () => null,
        text: () => "",
        write: (pair) => <JoinButton pair={pair} change={change} busy={busy} />,
      },
    ];
  }, [t, formats, change, busy]);
  return (
    <DataTable
      label={t("joins.suspected")}
      rows={pairs}
      columns={columns}
      rowKey={({ agent, other }) => `${agent.id} ${other.id}`}
    />
  );
}

function JoinButton({ pair, change, busy }: Changing & { pair: SuspectedPair }) {
  const { t } = useSite();
  const { agent, other } = pair;
  const join = () =>
    change({
      work: () => joinAgents(agent.id, other.id),
      turns: undoButton(agent.id, other.id),
    });
  return (
    <button
      type="button"
      disabled={busy}
      aria-label={t("joins.joinNamed", { agent: agent.name, other: other.name })}
      data-button={joinButton(agent.id, other.id)}
      onClick={join}
    >
      {t("joins.join")}
    </button>
  );
}

function JoinTable({ joins, change, busy }: Changing & { joins: readonly AgentJoin[] }) {
  const { t, formats } = useSite();
  const columns = useMemo((): Column<AgentJoin>[] => {
    const said = (who: string | null, at: string) =>
      t("joins.byAt", { who: who ?? t("figure.none"), when: formats.momentLong(at) });
    const undone = ({ undoneAt, undoneBy }: AgentJoin) =>
      undoneAt === null ? "" : said(undoneBy, undoneAt);
    return [
      { id: "agent", header: t("joins.name"), wrap: true, value: (row) => row.agent.name },
      { id: "into", header: t("joins.countsAs"), wrap: true, value: (row) => row.into.name },
      {
        id: "joined",
        header: t("joins.joined"),
        wrap: true,
        value: (row) => row.joinedAt,
        write: (row) => said(row.joinedBy, row.joinedAt),
      },
      {
        id: "undone",
        header: t("joins.undone"),
        wrap: true,
        value: (row) => row.undoneAt,
        text: undone,
        write: (row) =>
          row.undoneAt === null ? (
            <button
              type="button"
              disabled={busy}
              aria-label={t("joins.undoNamed", { agent: row.agent.name, into: row.into.name })}
              data-button={undoButton(row.agent.id, row.into.id)}
              onClick={() =>
                change({ work: () => undoJoin(row), turns: joinButton(row.agent.id, row.into.id) })
              }
            >
              {t("joins.undo")}
            </button>
          ) : (
            undone(row)
          ),
      },
    ];
  }, [t, formats, change, busy]);
  return (
    <DataTable
      label={t("joins.made")}
      rows={joins}
      columns={columns}
      rowKey={({ id }) => id}
      isMuted={({ undoneAt }) => undoneAt !== null}
    />
  );
}
