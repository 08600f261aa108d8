/** A share that may be below zero, with a true minus and no "−0%". */

import type { Formats } from "../i18n/formats.ts";

export function signedShare(value: number, formats: Formats, decimals = 0): string {
  const size = formats.share(Math.abs(value), decimals);
  return value < 0 && size !== formats.share(0, decimals) ? `−${size}` : size;
}
