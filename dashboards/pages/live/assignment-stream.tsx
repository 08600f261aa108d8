/** Who was given what, newest first, and why; each leads to the history of its task. */

import type { LiveSnapshot } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { useSheet } from "../../frame/sheet-context.ts";
import { useOpenMark } from "../../frame/use-mark.ts";
import { kindWords } from "../shared/task-words.ts";
import { seesTasks } from "./tasks-seen.ts";
import { whyWords } from "./why.ts";

type Assignment = LiveSnapshot["assignments"][number];

export function AssignmentStream({ assignments }: { assignments: readonly Assignment[] }) {
  const site = useSite();
  const { t } = site;
  useSheet(() => ({
    header: [
      t("live.column.at"),
      t("column.state"),
      t("live.column.agent"),
      t("tasks.kind"),
      t("column.queue"),
      t("live.column.why"),
    ],
    rows: assignments.map((assignment) => [
      assignment.at,
      t(`tasks.given.${assignment.state}`),
      assignment.agent,
      kindWords(assignment.kind, t),
      assignment.queue,
      whyWords(assignment.why, site),
    ]),
  }));
  return (
    <ol className="stream">
      {assignments.map((assignment) => (
        <Entry key={assignment.id} assignment={assignment} />
      ))}
    </ol>
  );
}

function Entry({ assignment }: { assignment: Assignment }) {
  const site = useSite();
  const { t, formats, session } = site;
  const open = useOpenMark();
  const why = whyWords(assignment.why, site);
  const kind = kindWords(assignment.kind, t);
  return (
    <li>
      <time dateTime={assignment.at}>{formats.timeWithSeconds(assignment.at)}</time>
      <div>
        <p>
          <span className={`state-${assignment.state}`}>{t(`assignment.${assignment.state}`)}</span>{" "}
          <b>{assignment.agent}</b> ·{" "}
          {seesTasks(session.role) ? (
            <button
              type="button"
              className="opens-rows"
              title={t("live.openTask")}
              onClick={() => open({ kind: "task", figure: assignment.task, narrowing: {} })}
            >
              {kind}
            </button>
          ) : (
            kind
          )}
          {assignment.queue !== null && ` · ${assignment.queue}`}
        </p>
        {why !== "" && <p className="muted">{why}</p>}
      </div>
    </li>
  );
}
