/** Live work behind a mark: the tasks of a queue, or one task with everybody it was given to. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { oneTaskQuery, tasksQuery } from "../../api/queries.ts";
import type { OneTask, Tasks, TasksQuery } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { type Column, DataTable } from "../../frame/data-table.tsx";
import { DownloadMenu } from "../../frame/download-menu.tsx";
import { Drawer } from "../../frame/drawer.tsx";
import type { Mark } from "../../frame/mark.ts";
import { Loaded } from "../../frame/states.tsx";
import { useOpenMark } from "../../frame/use-mark.ts";
import { kindWords } from "./task-words.ts";

type Task = Tasks["rows"][number];
type Given = OneTask["assignments"][number];

const PAGE = 200;
const STATES = ["waiting", "offered", "accepted", "done", "cancelled"] as const;

interface TaskDrawerProps {
  readonly mark: Mark;
  readonly onClose: () => void;
}

export function TaskDrawer({ mark, onClose }: TaskDrawerProps) {
  if (mark.kind === "task") return <OneTaskDrawer id={mark.figure} onClose={onClose} />;
  return <TasksDrawer mark={mark} onClose={onClose} />;
}

function TasksDrawer({ mark, onClose }: TaskDrawerProps) {
  const { t, dimensions } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const state = STATES.find((known) => known === mark.figure);
  const { queue } = mark.narrowing;
  // Those that may not begin yet do not wait for anybody.
  const query: TasksQuery = { state, queue, ...(state === "waiting" ? { ready: "true" } : {}) };
  const tasks = useInfiniteQuery(tasksQuery({ ...query, limit: PAGE }));
  const known = dimensions.queues.find(({ id }) => id === queue)?.name;
  const name = queue === "none" ? t("live.noQueue") : (known ?? t("live.allQueues"));
  const source = { path: "/tasks", query, paged: true };
  return (
    <Drawer
      title={t("tasks.title", { queue: name })}
      aside={<DownloadMenu what="tasks" source={source} sheet={null} printed={drawer} />}
      drawer={drawer}
      onClose={onClose}
    >
      <p className="hint">{t(state === undefined ? "tasks.all" : `tasks.meaning.${state}`)}</p>
      <Loaded
        query={tasks}
        what={t("what.tasks")}
        height={320}
        isEmpty={({ pages }) => pages.every(({ rows }) => rows.length === 0)}
        emptyText={t("tasks.none")}
      >
        {({ pages }) => (
          <>
            <TaskTable rows={pages.flatMap(({ rows }) => rows)} />
            {tasks.hasNextPage && (
              <button
                type="button"
                className="more"
                disabled={tasks.isFetchingNextPage}
                onClick={() => void tasks.fetchNextPage()}
              >
                {t("marks.more")}
              </button>
            )}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function TaskTable({ rows }: { rows: readonly Task[] }) {
  const { t, formats } = useSite();
  const open = useOpenMark();
  const columns = useMemo(
    (): Column<Task>[] => [
      {
        id: "created",
        header: t("tasks.created"),
        value: (row) => row.createdAt,
        write: (row) => formats.moment(row.createdAt),
      },
      { id: "kind", header: t("tasks.kind"), value: (row) => kindWords(row.kind, t) },
      {
        id: "channel",
        header: t("filter.channel"),
        value: (row) => row.channel,
        write: (row) => t(`channel.${row.channel}`),
      },
      {
        id: "state",
        header: t("column.state"),
        value: (row) => row.state,
        write: (row) => t(`tasks.state.${row.state}`),
      },
      { id: "skill", header: t("tasks.skill"), value: (row) => row.skill },
      { id: "priority", header: t("tasks.priority"), numeric: true, value: (row) => row.priority },
      {
        id: "due",
        header: t("tasks.due"),
        value: (row) => row.dueAt,
        write: (row) => (row.dueAt === null ? t("figure.none") : formats.moment(row.dueAt)),
      },
    ],
    [t, formats],
  );
  return (
    <DataTable
      label={t("what.tasks")}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      onRow={({ id }) => open({ kind: "task", figure: id, narrowing: {} })}
    />
  );
}

function OneTaskDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, formats } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const task = useQuery(oneTaskQuery(id));
  const title = task.data === undefined ? t("tasks.one") : kindWords(task.data.kind, t);
  return (
    <Drawer title={title} drawer={drawer} onClose={onClose}>
      <Loaded query={task} what={t("what.tasks")} height={320}>
        {(data) => (
          <>
            <ul className="mark-filters">
              <li>{t(`tasks.state.${data.state}`)}</li>
              <li>{t(`channel.${data.channel}`)}</li>
              {data.queue !== null && <li>{data.queue}</li>}
              <li>{t("tasks.createdAt", { time: formats.momentLong(data.createdAt) })}</li>
              {data.dueAt !== null && (
                <li>{t("tasks.dueAt", { time: formats.momentLong(data.dueAt) })}</li>
              )}
            </ul>
            <GivenTable rows={data.assignments} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

/** Each time it was given to somebody, oldest first. */
function GivenTable({ rows }: { rows: readonly Given[] }) {
  const { t, formats } = useSite();
  const columns = useMemo((): Column<Given>[] => {
    const at = (instant: string | null) =>
      instant === null ? t("figure.none") : formats.timeWithSeconds(instant);
    return [
      {
        id: "offered",
        header: t("tasks.offeredAt"),
        value: (row) => row.offeredAt,
        write: (row) => formats.momentLong(row.offeredAt),
      },
      {
        id: "state",
        header: t("column.state"),
        value: (row) => row.state,
        write: (row) => t(`tasks.given.${row.state}`),
      },
      {
        id: "accepted",
        header: t("tasks.acceptedAt"),
        value: (row) => row.acceptedAt,
        write: (row) => at(row.acceptedAt),
      },
      {
        id: "ended",
        header: t("tasks.endedAt"),
        value: (row) => row.endedAt,
        write: (row) => at(row.endedAt),
      },
    ];
  }, [t, formats]);
  return (
    <DataTable label={t("tasks.history")} rows={rows} columns={columns} rowKey={({ id }) => id} />
  );
}
