/** Bytes as people say them. */

import type { Formats } from "../../../i18n/formats.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

export function bytesText(bytes: number, formats: Formats): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formats.number(value, unit === 0 || value >= 100 ? 0 : 1)} ${UNITS[unit]}`;
}
