/** Sources: what was taken, what was not and why, and what looks wrong in what was taken. */

import { useQuery } from "@tanstack/react-query";
import { qualityQuery } from "../api/queries.ts";
import { Card, Headline } from "../frame/card.tsx";
import { useSite } from "../frame/context.ts";
import { Empty, Loaded } from "../frame/states.tsx";
import { BatchTable } from "./sources/batch-table.tsx";
import { FindingTable } from "./sources/finding-table.tsx";
import { RejectTable } from "./sources/reject-table.tsx";
import { importsBasis, importsSentence } from "./sources/sentence.ts";

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
          <Card title={t("sources.findingsTitle")} hint={t("sources.findingsHint")} file="findings">
            {data.findings.length === 0 ? (
              <Empty text={t("empty.findings")} />
            ) : (
              <FindingTable findings={data.findings} />
            )}
          </Card>
          <div className="cards two-three">
            <Card title={t("sources.rejectsTitle")} hint={t("sources.rejectsHint")} file="rejects">
              {data.rejects.length === 0 ? (
                <Empty text={t("empty.rejects")} />
              ) : (
                <RejectTable rejects={data.rejects} />
              )}
            </Card>
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
