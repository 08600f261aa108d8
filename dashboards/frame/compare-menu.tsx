/** "Compare with": a period before, dates of one's own, or another group. */

import { type KeyboardEvent, useRef, useState } from "react";
import {
  type Comparison,
  GROUPS,
  type GroupChoice,
  SHIFTS,
  type Shift,
  shifted,
} from "./comparison.ts";
import { useSite } from "./context.ts";
import { addDays, daysBetween, type Period } from "./periods.ts";
import { useClosing } from "./use-closing.ts";
import { useComparison } from "./use-comparison.ts";
import { useFilters } from "./use-filters.ts";

export function CompareMenu() {
  const { t } = useSite();
  const { period } = useFilters();
  const { comparison, setComparison } = useComparison();
  const [open, setOpen] = useState(false);
  const holder = useRef<HTMLFieldSetElement>(null);
  const close = () => {
    setOpen(false);
    holder.current?.querySelector("button")?.focus();
  };
  useClosing(open, holder, setOpen);
  if (period === null) return null;
  const choose = (next: Comparison | null) => {
    setComparison(next);
    close();
  };
  return (
    <fieldset className="multi-select compare" ref={holder} aria-label={t("compare.with")}>
      <button
        type="button"
        className={comparison === null ? undefined : "set"}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {t("compare.with")}
        <i aria-hidden="true">▾</i>
      </button>
      {open && (
        <div className="options">
          <Presets period={period} comparison={comparison} choose={choose} />
          <OwnDates period={period} comparison={comparison} choose={choose} />
          <OtherGroup comparison={comparison} choose={choose} />
        </div>
      )}
    </fieldset>
  );
}

interface ChoosingProps {
  readonly period: Period;
  readonly comparison: Comparison | null;
  readonly choose: (comparison: Comparison | null) => void;
}

/** Up and down go round the presets. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  items.at((at + step) % items.length)?.focus();
}

function Presets({ period, comparison, choose }: ChoosingProps) {
  const { t, formats } = useSite();
  const days = daysBetween(period.from, period.to);
  const names: Record<Shift, string> = {
    previous: t("compare.previous", { count: days }),
    weeks4: t("compare.weeks4"),
    year: t("compare.year"),
  };
  const daysOf = ({ from, to }: Period) =>
    t("compare.days", { from: formats.dayLong(from), to: formats.dayLong(addDays(to, -1)) });
  const isChosen = (shift: Shift) => comparison?.kind === "shift" && comparison.shift === shift;
  return (
    <div
      className="presets"
      role="toolbar"
      aria-orientation="vertical"
      aria-label={t("filter.period")}
      onKeyDown={walk}
    >
      <button
        type="button"
        // biome-ignore lint/a11y/noAutofocus: a menu that was opened takes the focus
        autoFocus
        aria-pressed={comparison === null}
        onClick={() => choose(null)}
      >
        {t("compare.none")}
      </button>
      {SHIFTS.map((shift) => (
        <button
          key={shift}
          type="button"
          aria-pressed={isChosen(shift)}
          onClick={() => choose({ kind: "shift", shift })}
        >
          {names[shift]}
          <small>{daysOf(shifted(period, shift))}</small>
        </button>
      ))}
    </div>
  );
}

function OwnDates({ period, comparison, choose }: ChoosingProps) {
  const { t } = useSite();
  const start = comparison?.kind === "dates" ? comparison.period : shifted(period, "previous");
  const [from, setFrom] = useState(start.from);
  const [last, setLast] = useState(addDays(start.to, -1));
  const isPeriod = from !== "" && last !== "" && from <= last;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isPeriod) choose({ kind: "dates", period: { from, to: addDays(last, 1) } });
      }}
    >
      <b>{t("compare.dates")}</b>
      <span className="days">
        <input
          type="date"
          aria-label={t("compare.from")}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          aria-label={t("compare.to")}
          value={last}
          onChange={(event) => setLast(event.target.value)}
        />
        <button type="submit" disabled={!isPeriod}>
          {t("compare.apply")}
        </button>
      </span>
    </form>
  );
}

function OtherGroup({ comparison, choose }: Omit<ChoosingProps, "period">) {
  const { t, dimensions } = useSite();
  const groups = {
    party: dimensions.parties,
    team: dimensions.teams,
    queue: dimensions.queues,
  } satisfies Record<GroupChoice, readonly { id: string; name: string }[]>;
  const value = comparison?.kind === "group" ? `${comparison.choice}:${comparison.id}` : "";
  const [picked, setPicked] = useState(value);
  const apply = () => {
    const choice = GROUPS.find((each) => picked.startsWith(`${each}:`));
    if (choice === undefined) return;
    choose({ kind: "group", choice, id: picked.slice(choice.length + 1) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <b>{t("compare.group")}</b>
      <span className="days">
        <select
          aria-label={t("compare.group")}
          value={picked}
          onChange={(event) => setPicked(event.target.value)}
        >
          <option value="">{t("compare.chooseGroup")}</option>
          {GROUPS.filter((choice) => groups[choice].length > 0).map((choice) => (
            <optgroup key={choice} label={t(`filter.${choice}`)}>
              {groups[choice].map(({ id, name }) => (
                <option key={id} value={`${choice}:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <button type="submit" disabled={picked === ""}>
          {t("compare.apply")}
        </button>
      </span>
    </form>
  );
}
