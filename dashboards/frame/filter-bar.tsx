/** The one filter bar: days and their presets, party, team, queue, channel. */

import type { TextKey } from "../i18n/catalogue.ts";
import { ComparisonChip } from "./checked-filters.tsx";
import { CompareMenu } from "./compare-menu.tsx";
import { useSite } from "./context.ts";
import { DayInput } from "./day-input.tsx";
import { anyChosen, CHOICES, type Choice } from "./filters.ts";
import { MultiSelect, type Option } from "./multi-select.tsx";
import { addDays, type Period, PRESETS, type Preset, presetOf, presetPeriod } from "./periods.ts";
import { useFilters } from "./use-filters.ts";

const CUSTOM = "custom";

export function FilterBar() {
  const { t } = useSite();
  const { filters, period, setFilters } = useFilters();
  const options = useOptions();
  const choose = (choice: Choice, chosen: string[]) =>
    setFilters({ ...filters, chosen: { ...filters.chosen, [choice]: chosen } });
  const clear = () =>
    setFilters({ from: null, to: null, chosen: { party: [], team: [], queue: [], channel: [] } });
  return (
    <div className="filters" role="toolbar" aria-label={t("filter.bar")}>
      {period !== null && <Days period={period} />}
      {CHOICES.map((choice) => (
        <MultiSelect
          key={choice}
          label={t(`filter.${choice}`)}
          options={options[choice]}
          chosen={filters.chosen[choice]}
          onChange={(chosen) => choose(choice, chosen)}
        />
      ))}
      <CompareMenu />
      <ComparisonChip />
      {anyChosen(filters) && (
        <button type="button" className="quiet" onClick={clear}>
          {t("filter.clear")}
        </button>
      )}
    </div>
  );
}

/** Teams are those of the parties chosen, so that nobody picks an empty pair. */
function useOptions(): Record<Choice, readonly Option[]> {
  const { t, dimensions } = useSite();
  const { filters } = useFilters();
  const { party } = filters.chosen;
  return {
    party: dimensions.parties,
    team: dimensions.teams.filter((team) => party.length === 0 || party.includes(team.partyId)),
    queue: dimensions.queues,
    channel: dimensions.channels.map((id) => ({ id, name: t(`channel.${id}`) })),
  };
}

function Days({ period }: { period: Period }) {
  const { t, dimensions } = useSite();
  const { filters, setFilters } = useFilters();
  const first = dimensions.firstDay ?? period.from;
  const last = dimensions.lastDay ?? addDays(period.to, -1);
  const set = (from: string, to: string) => {
    if (from < to) setFilters({ ...filters, from, to });
  };
  const setPreset = (name: string) => {
    if (name === CUSTOM) return;
    const chosen = presetPeriod(name as Preset, first, last);
    set(chosen.from, chosen.to);
  };
  const presetName = (preset: Preset) => t(`preset.${preset}` satisfies TextKey);
  return (
    <>
      <select
        aria-label={t("filter.period")}
        value={presetOf(period, first, last) ?? CUSTOM}
        onChange={(event) => setPreset(event.target.value)}
      >
        {PRESETS.map((preset) => (
          <option key={preset} value={preset}>
            {presetName(preset)}
          </option>
        ))}
        <option value={CUSTOM}>{t("preset.custom")}</option>
      </select>
      <span className="days">
        <DayInput
          label={t("filter.from")}
          day={period.from}
          onDay={(from) => set(from, period.to)}
        />
        <span aria-hidden="true">–</span>
        <DayInput
          label={t("filter.to")}
          day={addDays(period.to, -1)}
          onDay={(last) => set(period.from, addDays(last, 1))}
        />
      </span>
    </>
  );
}
