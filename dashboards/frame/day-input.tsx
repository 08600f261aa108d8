/** A day that is typed: while it is written it stands as it is, and counts once it is a day of this age. */

import { useState } from "react";

/** Whoever types 2026 has written the years 2, 20 and 202 before. */
const FIRST_YEAR = "1900";

interface DayInputProps {
  readonly label: string;
  readonly day: string;
  readonly onDay: (day: string) => void;
}

export function DayInput({ label, day, onDay }: DayInputProps) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <input
      type="date"
      aria-label={label}
      value={written ?? day}
      onChange={({ target }) => {
        setWritten(target.value);
        if (target.value >= FIRST_YEAR) onDay(target.value);
      }}
      onBlur={() => setWritten(null)}
    />
  );
}
