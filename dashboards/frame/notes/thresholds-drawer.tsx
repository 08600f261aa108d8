/** Alerts and the thresholds that they come from. */

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import {
  alertsQuery,
  remove,
  type Threshold,
  type ThresholdState,
  thresholdsQuery,
} from "../../api/notes.ts";
import { useSite } from "../context.ts";
import { Drawer } from "../drawer.tsx";
import { Loaded } from "../states.tsx";
import { AlertList, useDefinitions } from "./alert-list.tsx";
import { thresholdWords } from "./alert-words.ts";
import { DeleteButton } from "./form-parts.tsx";
import { ThresholdForm } from "./threshold-form.tsx";
import { type UsedChange, useChange } from "./use-change.ts";

export default function ThresholdsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const change = useChange("thresholds", "alerts");
  const [edited, setEdited] = useState<Threshold | null>(null);
  const [made, setMade] = useState(0);
  const finish = () => {
    setEdited(null);
    setMade(made + 1);
  };
  return (
    <Drawer title={t("alerts.title")} drawer={drawer} onClose={onClose}>
      <AlertList onOpen={onClose} />
      <h3>{t("thresholds.title")}</h3>
      <ThresholdList change={change} onEdit={setEdited} />
      <h3>{t(edited === null ? "thresholds.new" : "thresholds.change")}</h3>
      <ThresholdForm key={edited?.id ?? made} {...{ edited, change }} onDone={finish} />
    </Drawer>
  );
}

interface ThresholdListProps {
  readonly change: UsedChange;
  readonly onEdit: (threshold: Threshold) => void;
}

function ThresholdList({ change, onEdit }: ThresholdListProps) {
  const { t } = useSite();
  const thresholds = useQuery(thresholdsQuery);
  const { data: alerts } = useQuery(alertsQuery);
  return (
    <Loaded
      query={thresholds}
      what={t("what.thresholds")}
      height={120}
      isEmpty={({ rows }) => rows.length === 0}
      emptyText={t("thresholds.none")}
    >
      {({ rows }) => (
        <ul className="tool-list" aria-label={t("thresholds.title")}>
          {rows.map((threshold) => (
            <li key={threshold.id}>
              <ThresholdEntry
                threshold={threshold}
                state={alerts?.thresholds.find((state) => state.threshold === threshold.id)}
                change={change}
                onEdit={onEdit}
              />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

interface ThresholdEntryProps extends ThresholdListProps {
  readonly threshold: Threshold;
  readonly state: ThresholdState | undefined;
}

function ThresholdEntry({ threshold, state, change, onEdit }: ThresholdEntryProps) {
  const site = useSite();
  const { t, language } = site;
  const definition = useDefinitions()(threshold.metric);
  const beside = [threshold.by, threshold.party?.name].filter((part) => part != null);
  return (
    <>
      <div>
        <b>{definition?.name[language] ?? threshold.metric}</b>{" "}
        {thresholdWords(threshold, definition, site)}
        <p className="muted">
          {state !== undefined && <span className={state.state}>{stateWords(state, site)}</span>}
          {beside.length > 0 && ` · ${beside.join(" · ")}`}
        </p>
      </div>
      {threshold.changeable && (
        <div className="buttons">
          <button type="button" className="quiet" onClick={() => onEdit(threshold)}>
            {t("notes.edit")}
          </button>
          <DeleteButton change={change} remove={() => remove("thresholds", threshold.id)} />
        </div>
      )}
    </>
  );
}

/** How it stands, and which groups it cannot say anything of. */
function stateWords(
  { state, past, notComputable, tooFew }: ThresholdState,
  { t, formats }: Pick<ReturnType<typeof useSite>, "t" | "formats">,
): string {
  if (state === "not_computable") return t("thresholds.state.notComputable");
  if (state === "too_few" && notComputable.length === 0) return t("thresholds.state.tooFew");
  const words = {
    past: () => [t("thresholds.state.past", { count: past, shown: formats.number(past) })],
    kept: () => [t("thresholds.state.kept")],
    too_few: () => [],
  }[state]();
  const ofGroups = (key: "tooFewOf" | "notComputableOf", names: readonly (string | null)[]) => {
    const groups = names.filter((name) => name !== null).join(t("print.separator"));
    return groups === "" ? [] : [t(`thresholds.state.${key}`, { groups })];
  };
  return [
    ...words,
    ...ofGroups("tooFewOf", tooFew),
    ...ofGroups("notComputableOf", notComputable),
  ].join(" · ");
}
