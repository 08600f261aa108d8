/** The queues as rows: waiting, the oldest, in work, and what the last hour got done. */

import { useMemo } from "react";
import type { LiveSnapshot } from "../../api/types.ts";
import { sparkline } from "../../charts/sparkline.ts";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting, useSite } from "../../frame/context.ts";
import { Explained } from "../../frame/explained.tsx";
import { useOpenMark } from "../../frame/use-mark.ts";

type Queue = LiveSnapshot["queues"][number];

const FIGURES = ["waiting", "oldest", "inWork", "done"] as const;

export function QueueRows({ queues }: { queues: readonly Queue[] }) {
  const { t } = useSite();
  const most = Math.max(1, ...queues.flatMap((queue) => queue.doneByMinute));
  return (
    <table className="queues">
      <thead>
        <tr>
          <th>{t("column.queue")}</th>
          {FIGURES.map((figure) => (
            <th key={figure} className="numeric">
              <Explained name={t(`live.column.${figure}`)}>{t(`live.defined.${figure}`)}</Explained>
            </th>
          ))}
          <th className="trend">{t("live.column.byMinute")}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <QueueRow key={queue.id ?? ""} queue={queue} most={most} />
        ))}
      </tbody>
    </table>
  );
}

function QueueRow({ queue, most }: { queue: Queue; most: number }) {
  const setting = useChartSetting();
  const { t, formats } = setting;
  const open = useOpenMark();
  const name = queue.id === null ? t("live.noQueue") : queue.name;
  const shape = queue.doneByMinute.join(" ");
  const option = useMemo(
    () =>
      sparkline(
        {
          counts: shape === "" ? [] : shape.split(" ").map(Number),
          most,
          description: t("live.sparkAria", { queue: queue.name }),
        },
        setting,
      ),
    [shape, most, queue.name, t, setting],
  );
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="opens-rows"
          title={t("live.openTasks", { queue: name })}
          onClick={() =>
            open({ kind: "tasks", figure: "waiting", narrowing: { queue: queue.id ?? "none" } })
          }
        >
          {name}
        </button>
      </th>
      <td className="numeric big">
        {formats.number(queue.waiting)}
        {queue.overdue > 0 && (
          <em>{t("live.overdueShort", { shown: formats.number(queue.overdue) })}</em>
        )}
      </td>
      <td className="numeric">
        {queue.oldestWaitingSeconds === null
          ? t("figure.none")
          : formats.duration(queue.oldestWaitingSeconds)}
      </td>
      <td className="numeric">{formats.number(queue.inWork)}</td>
      <td className="numeric">{formats.number(queue.doneLastHour)}</td>
      <td className="trend">
        <Chart option={option} height={28} />
      </td>
    </tr>
  );
}
