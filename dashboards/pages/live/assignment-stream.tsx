/** Who was given what, newest first, and why. */

import type { LiveSnapshot } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import type { Translate } from "../../i18n/catalogue.ts";
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

const KINDS = ["ticket", "follow_up", "call_back"] as const;

/** Kinds that Muster makes have words; those that come from the API are words. */
function kindWords(kind: string, t: Translate): string {
  const known = KINDS.find((each) => each === kind);
  return known === undefined ? kind.replaceAll("_", " ") : t(`task.${known}`);
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
          <b>{assignment.agent}</b> · {kindWords(assignment.kind, t)}
          {assignment.queue !== null && ` · ${assignment.queue}`}
        </p>
        {why !== "" && <p className="muted">{why}</p>}
      </div>
    </li>
  );
}
