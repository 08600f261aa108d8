/** The queues as rows: waiting, the oldest, in work, and what the last hour got done. */

import { useMemo } from "react";
import type { LiveSnapshot } from "../../api/types.ts";
import { sparkline } from "../../charts/sparkline.ts";
import { Chart } from "../../frame/chart.tsx";
import { useChartSetting, useSite } from "../../frame/context.ts";

type Queue = LiveSnapshot["queues"][number];

export function QueueRows({ queues }: { queues: readonly Queue[] }) {
  const { t } = useSite();
  const most = Math.max(1, ...queues.flatMap((queue) => queue.doneByMinute));
  return (
    <table className="queues">
      <thead>
        <tr>
          <th>{t("column.queue")}</th>
          <th className="numeric">{t("live.column.waiting")}</th>
          <th className="numeric">{t("live.column.oldest")}</th>
          <th className="numeric">{t("live.column.inWork")}</th>
          <th className="numeric">{t("live.column.done")}</th>
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
      <th scope="row">{queue.id === null ? t("live.noQueue") : queue.name}</th>
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
