/** Sources: what was taken, what was not and why, and what looks wrong in what was taken. */

import { useQuery } from "@tanstack/react-query";
import { qualityQuery } from "../api/queries.ts";
import { Card, Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { Empty, Loaded } from "../frame/states.tsx";
import { FileNamesNote } from "./shared/names-note.tsx";
import { AgentJoinsCard } from "./sources/agent-joins-card.tsx";
import { BatchTable } from "./sources/batch-table.tsx";
import { DropCard } from "./sources/drop/drop-card.tsx";
import { FindingTable } from "./sources/finding-table.tsx";
import { RejectsCard } from "./sources/rejects-card.tsx";
import { importsBasis, importsSentence } from "./sources/sentence.ts";
import { SourcesCard } from "./sources/sources-card.tsx";

export default function Sources() {
  const site = useSite();
  const { t } = site;
  const quality = useQuery(qualityQuery);
  return (
    <Loaded query={quality} what={t("what.quality")} height={480}>
      {(data) => (
        <>
          {data.batches.length > 0 && (
            <Headline sentence={importsSentence(data, site)} basis={importsBasis(data, site)} />
          )}
          <DropCard />
          <SourcesCard />
          <Card title={t("sources.findingsTitle")} hint={t("sources.findingsHint")} file="findings">
            {data.findings.length === 0 ? (
              <Empty text={t("empty.findings")} />
            ) : (
              <>
                <FindingTable findings={data.findings} />
                <FileNamesNote />
              </>
            )}
          </Card>
          <AgentJoinsCard />
          <div className={data.rejects.length === 0 ? "cards one-three" : "cards two-three"}>
            <RejectsCard rejects={data.rejects} />
            <Card title={t("sources.batchesTitle")} file="imports">
              {data.batches.length === 0 ? (
                <Empty text={t("empty.batches")} />
              ) : (
                <BatchTable batches={data.batches} />
              )}
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}
