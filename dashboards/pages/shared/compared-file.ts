/** What a card offers as a file: the rows of its route, or those of both sides while two are compared. */

import { comparedSheet } from "../../frame/compared-sheet.ts";
import { standsAgainst } from "../../frame/comparison.ts";
import { comparedName } from "../../frame/comparison-words.ts";
import { useSite } from "../../frame/context.ts";
import type { RowsSource } from "../../frame/download.ts";
import type { Grain } from "../../frame/periods.ts";
import type { Sheet } from "../../frame/sheet.ts";
import { type AskedTwice, useComparison } from "../../frame/use-comparison.ts";

type Row = Readonly<Record<string, unknown>>;

/** The properties of a card. */
type CardFile = { readonly source: RowsSource } | { readonly sheet: () => Sheet };

/** `grain`: the column of times, which are others on the other side. */
export function useComparedFile(
  asked: AskedTwice<{ readonly rows: readonly Row[] }>,
  keys: readonly string[],
  source: RowsSource,
  grain?: Grain,
): CardFile {
  const site = useSite();
  const { compared } = useComparison();
  const rows = asked.now.data?.rows;
  const against = asked.against?.rows;
  if (compared === null || rows === undefined || against === undefined) return { source };
  const align = (row: Row): Row => {
    const time = grain === undefined ? undefined : row[grain];
    if (grain === undefined || typeof time !== "string") return row;
    return { ...row, [grain]: standsAgainst(time, grain, compared.shiftDays) };
  };
  const name = comparedName(compared, site);
  return { sheet: () => comparedSheet({ rows, against, keys, align, name }) };
}
