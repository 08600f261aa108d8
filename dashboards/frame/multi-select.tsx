/** Several of a list: a button that says how many, and the list under it. */

import { useRef, useState } from "react";
import { useWording } from "./context.ts";
import { useClosing } from "./use-closing.ts";

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface MultiSelectProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

export function MultiSelect({ label, options, chosen, onChange }: MultiSelectProps) {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const holder = useRef<HTMLFieldSetElement>(null);
  useClosing(open, holder, setOpen);
  const only = chosen.length === 1 ? options.find(({ id }) => id === chosen[0])?.name : undefined;
  const summary =
    chosen.length === 0
      ? label
      : `${label}: ${only ?? t("filter.several", { count: chosen.length })}`;
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset className="multi-select" ref={holder} aria-label={label}>
      <button
        type="button"
        className={chosen.length > 0 ? "set" : undefined}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {summary}
        <i aria-hidden="true">▾</i>
      </button>
      {open && (
        <div className="options">
          {options.map((option) => (
            <label key={option.id}>
              <input
                type="checkbox"
                checked={chosen.includes(option.id)}
                onChange={() => toggle(option.id)}
              />
              {option.name}
            </label>
          ))}
          {options.length === 0 && <p className="muted">{t("filter.nothing")}</p>}
        </div>
      )}
    </fieldset>
  );
}
