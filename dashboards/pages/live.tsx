/** Live: where is the work now? Readable across a room, and on a phone. */

import type { LiveSnapshot } from "../api/types.ts";
import { Card, Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { Explained } from "../frame/explained.tsx";
import { sheetOfRows } from "../frame/sheet.ts";
import { Empty, Failed, Skeleton } from "../frame/states.tsx";
import { AgentGrid } from "./live/agent-grid.tsx";
import { AssignmentStream } from "./live/assignment-stream.tsx";
import { QueueRows } from "./live/queue-rows.tsx";
import { isQuiet, liveBasis, liveSentence } from "./live/sentence.ts";
import { SignedOnNote } from "./live/signed-on-note.tsx";
import { useLive } from "./live/use-live.ts";

const HEIGHT = 480;

export default function LivePage() {
  const { t, formats } = useSite();
  const { first, snapshot, connected } = useLive();
  if (snapshot === undefined) {
    if (first.error === null) return <Skeleton height={HEIGHT} />;
    const retry = () => void first.refetch();
    return <Failed what={t("what.live")} error={first.error} retry={retry} />;
  }
  return (
    <>
      {!connected && (
        <p className="alert" role="alert">
          {t("live.disconnected", { time: formats.timeWithSeconds(snapshot.at) })}
        </p>
      )}
      <Picture snapshot={snapshot} />
    </>
  );
}

function Picture({ snapshot }: { snapshot: LiveSnapshot }) {
  const site = useSite();
  const { t } = site;
  const headline = (
    <Headline sentence={liveSentence(snapshot, site)} basis={liveBasis(snapshot, site)} />
  );
  if (isQuiet(snapshot)) {
    return (
      <>
        {headline}
        <Empty text={t("live.quiet")} />
      </>
    );
  }
  return (
    <>
      {headline}
      <div className="cards">
        <Card
          title={<Explained name={t("live.queuesTitle")}>{t("live.defined.queues")}</Explained>}
          file="queues"
          sheet={() => sheetOfRows(snapshot.queues)}
        >
          {snapshot.queues.length === 0 ? (
            <Empty text={t("empty.queues")} />
          ) : (
            <QueueRows queues={snapshot.queues} />
          )}
        </Card>
      </div>
      <div className="cards three-two">
        <Card
          title={<Explained name={t("live.agentsTitle")}>{t("live.defined.agents")}</Explained>}
          file="agents"
        >
          {snapshot.agents.length === 0 ? (
            <Empty text={t("empty.agents")} />
          ) : (
            <>
              <SignedOnNote snapshot={snapshot} />
              <AgentGrid snapshot={snapshot} />
            </>
          )}
        </Card>
        <Card
          title={<Explained name={t("live.streamTitle")}>{t("live.defined.stream")}</Explained>}
          file="assignments"
        >
          {snapshot.assignments.length === 0 ? (
            <Empty text={t("empty.assignments")} />
          ) : (
            <AssignmentStream assignments={snapshot.assignments} />
          )}
        </Card>
      </div>
    </>
  );
}
