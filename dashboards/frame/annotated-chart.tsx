/** A chart with time along the bottom, the notes on its days over it, and the same in words below. */

import { type ComponentProps, useMemo } from "react";
import {
  type ChartTimes,
  noteDays,
  notesWithin,
  withAnnotations,
} from "../charts/annotation-marks.ts";
import { Chart } from "./chart.tsx";
import { useChartSetting } from "./context.ts";
import { useAnnotations } from "./notes/use-annotations.ts";

type AnnotatedChartProps = ComponentProps<typeof Chart> & { readonly times: ChartTimes };

export function AnnotatedChart({ times, option, ...chart }: AnnotatedChartProps) {
  const setting = useChartSetting();
  const all = useAnnotations();
  const { axis, grain } = times;
  // As one text: the list is made anew with each drawing, its days seldom change.
  const days = times.starts.join(" ");
  const notes = useMemo(
    () => notesWithin(all, { axis, grain, starts: days.split(" ") }),
    [all, axis, grain, days],
  );
  const annotated = useMemo(
    () => withAnnotations(option, notes, { axis, grain, starts: days.split(" ") }, setting),
    [option, notes, axis, grain, days, setting],
  );
  return (
    <>
      <Chart {...chart} option={annotated} />
      {notes.length > 0 && (
        <ul className="only-heard" aria-label={setting.t("notes.onChart")}>
          {notes.map((note) => (
            <li key={note.id}>
              {noteDays(note, setting.formats)} <bdi>{note.text}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
