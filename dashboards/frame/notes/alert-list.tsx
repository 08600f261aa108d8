/** The figures that are past their threshold, each with a link to where it is shown. */

import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Alert, alertsQuery } from "../../api/notes.ts";
import { definitionsQuery } from "../../api/queries.ts";
import type { MetricDefinition } from "../../api/types.ts";
import { useSite } from "../context.ts";
import { daysBetween } from "../periods.ts";
import { addressOfAlert, figureWords, groupWords, thresholdWords } from "./alert-words.ts";

/** The definition of a metric in words, once they are there. */
export function useDefinitions(): (metric: string) => MetricDefinition | undefined {
  const { data } = useQuery(definitionsQuery);
  return (metric) => data?.definitions.find(({ id }) => id === metric);
}

/** What is past its threshold; empty where the caller is told of none. */
export function useAlerts(): readonly Alert[] {
  const { session } = useSite();
  const { data } = useQuery({ ...alertsQuery, enabled: session.role !== "agent" });
  return data?.rows ?? [];
}

const keyOfAlert = ({ threshold, groupId }: Alert): string => `${threshold} ${groupId}`;

export function AlertList({ onOpen }: { onOpen: () => void }) {
  const { t } = useSite();
  const alerts = useAlerts();
  if (alerts.length === 0) return <p className="muted">{t("alerts.none")}</p>;
  return (
    <ul className="tool-list alerts" aria-label={t("alerts.title")}>
      {alerts.map((alert) => (
        <li key={keyOfAlert(alert)}>
          <AlertEntry alert={alert} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function AlertEntry({ alert, onOpen }: { alert: Alert; onOpen: () => void }) {
  const site = useSite();
  const { t, formats, language } = site;
  const definition = useDefinitions()(alert.metric);
  const group = groupWords(alert, site);
  const days = daysBetween(alert.from, alert.to);
  const since = t(alert.sinceBefore ? "alerts.sinceBefore" : "alerts.since", {
    day: formats.dayLong(alert.since),
  });
  const n = t("alerts.n", { count: alert.n, shown: formats.number(alert.n) });
  return (
    <div>
      <Link href={addressOfAlert(alert)} onClick={onOpen}>
        {definition?.name[language] ?? alert.metric}
        {group === null ? "" : " · "}
        <bdi>{group}</bdi>: <b>{figureWords(definition, alert.figure, alert.currency, site)}</b>
      </Link>
      <p className="muted">
        {[thresholdWords({ ...alert, days }, definition, site), n, since].join(" · ")}
      </p>
    </div>
  );
}
