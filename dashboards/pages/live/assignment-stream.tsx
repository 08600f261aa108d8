/** Who was given what, newest first, and why. */

import type { LiveSnapshot } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { whyWords } from "./why.ts";

type Assignment = LiveSnapshot["assignments"][number];

export function AssignmentStream({ assignments }: { assignments: readonly Assignment[] }) {
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
  const { t, formats } = site;
  const why = whyWords(assignment.why, site);
  return (
    <li>
      <time dateTime={assignment.at}>{formats.timeWithSeconds(assignment.at)}</time>
      <div>
        <p>
          <span className={`state-${assignment.state}`}>{t(`assignment.${assignment.state}`)}</span>{" "}
          <b>{assignment.agent}</b> · {assignment.kind}
          {assignment.queue !== null && ` · ${assignment.queue}`}
        </p>
        {why !== "" && <p className="muted">{why}</p>}
      </div>
    </li>
  );
}
