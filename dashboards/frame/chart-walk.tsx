/**
 * The keyboard on a chart: it takes the focus, arrow keys go from mark to mark with the tooltip, Shift holds
 * several, Enter opens the rows. What the tooltip says is said to screen readers too.
 */

import type { EChartsOption } from "echarts";
import type { ECharts } from "echarts/core";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import {
  type ChartMarks,
  type MarkPlace,
  marksHeld,
  nextPlace,
  walkedSeries,
} from "./chart-marks.ts";
import { endBrush, startBrush } from "./chart-pointer.ts";
import { useWording } from "./context.ts";

interface MarkWalkProps {
  readonly chart: RefObject<ECharts | null>;
  readonly option: EChartsOption;
  readonly marks: ChartMarks;
  readonly children: ReactNode;
}

export function MarkWalk({ chart, option, marks, children }: MarkWalkProps) {
  const { t } = useWording();
  const box = useRef<HTMLDivElement>(null);
  const { said, walk, hide } = useWalk({ chart, option, marks, box });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (walk(event.key, event.shiftKey)) event.preventDefault();
  };
  const aria = Array.isArray(option.aria) ? option.aria[0] : option.aria;
  const keys = marks.openSeveral === undefined ? "marks.keys" : "marks.keysSeveral";
  return (
    <div
      ref={box}
      className="chart-marks"
      role="application"
      aria-roledescription={t("marks.chart")}
      aria-label={`${aria?.label?.description ?? ""} ${t(keys)}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked with the arrow keys
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={hide}
    >
      {children}
      <output className="only-heard" aria-live="polite">
        {said}
      </output>
    </div>
  );
}

interface Walking extends Omit<MarkWalkProps, "children"> {
  readonly box: RefObject<HTMLElement | null>;
}

/** Where the keys have come to, and from where on several marks are held with Shift. */
interface Stretch {
  readonly from: MarkPlace;
  readonly to: MarkPlace;
}

/** What is said of the mark the keys have come to, and `walk`: true where a key was meant for it. */
function useWalk({ chart, option, marks, box }: Walking) {
  const { t } = useWording();
  const place = useRef<Stretch | null>(null);
  const [said, setSaid] = useState("");
  const series = useMemo(() => walkedSeries(option, marks.series), [option, marks.series]);
  // Other rows have other marks: the walk begins anew.
  useEffect(() => {
    place.current = series.length > 0 ? null : place.current;
  }, [series]);
  const heldBy = (stretch: Stretch) => (marks.openSeveral ? marksHeld(series, stretch) : []);
  const show = (next: Stretch) => {
    const walked = series.find(({ id }) => id === next.to.series);
    const started = chart.current;
    if (walked === undefined || started === null) return;
    place.current = next;
    const held = heldBy(next);
    const mark = { seriesIndex: walked.place, dataIndex: next.to.index };
    started.dispatchAction({ type: "downplay" });
    started.dispatchAction({ type: "highlight", ...mark, dataIndex: [...held, next.to.index] });
    started.dispatchAction({ type: "showTip", ...mark });
    const several = held.length > 1 ? `${t("marks.held", { count: held.length })} ` : "";
    const named = series.length > 1 && walked.name !== "" ? `${walked.name}. ` : "";
    setSaid(`${several}${named}${tooltipWords(box.current)}`);
  };
  const hide = () => {
    chart.current?.dispatchAction({ type: "hideTip" });
    chart.current?.dispatchAction({ type: "downplay" });
  };
  const open = ({ from, to }: Stretch) => {
    const held = heldBy({ from, to });
    if (held.length > 1) marks.openSeveral?.(held);
    else marks.open(to.series, to.index);
  };
  const walk = (key: string, isHeld: boolean): boolean => {
    const now = place.current;
    if (key === "Enter" && now !== null) {
      open(now);
      return true;
    }
    if (key === "Escape") hide();
    const to = nextPlace(series, now?.to ?? null, key);
    if (to === null) return false;
    show({ from: isHeld && now !== null ? now.from : to, to });
    return true;
  };
  return { said, walk, hide };
}

/** What the tooltip says, without its markup: each line a name and a figure. */
function tooltipWords(box: HTMLElement | null): string {
  const tip = box?.querySelector(".tip");
  if (tip === null || tip === undefined) return "";
  const words = (element: Element | null) => element?.textContent?.trim() ?? "";
  const lines = [...tip.querySelectorAll("tr")].map(
    (row) => `${words(row.querySelector("th"))}: ${words(row.querySelector("td"))}`,
  );
  const notes = [...(box?.querySelectorAll(".tip-notes li") ?? [])].map(words);
  const parts = [words(tip.querySelector("b")), ...lines, words(tip.querySelector("p")), ...notes];
  return parts.filter((part) => part !== "").join(". ");
}

/** Turns the pointer into a brush until something was brushed, or Escape. */
export function SelectSeveral({ chart }: { chart: RefObject<ECharts | null> }) {
  const { t } = useWording();
  const [brushing, setBrushing] = useState(false);
  useEffect(() => {
    const started = chart.current;
    if (!brushing || started === null) return;
    const stop = () => setBrushing(false);
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape") stop();
    };
    startBrush(started);
    started.on("brushEnd", stop);
    document.addEventListener("keydown", onEscape);
    return () => {
      started.off("brushEnd", stop);
      document.removeEventListener("keydown", onEscape);
      if (!started.isDisposed()) endBrush(started);
    };
  }, [brushing, chart]);
  return (
    <button
      type="button"
      className="quiet several"
      aria-pressed={brushing}
      title={t("marks.severalHint")}
      onClick={() => setBrushing(!brushing)}
    >
      {t("marks.several")}
    </button>
  );
}
