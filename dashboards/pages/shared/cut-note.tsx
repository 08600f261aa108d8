/** One line where not every agent is listed: how many are, of how many, and how to come to the others. */

import type { Metrics } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { useComparison } from "../../frame/use-comparison.ts";

export function CutNote({ cut }: Pick<Metrics, "cut">) {
  const { t, formats } = useSite();
  const { compared } = useComparison();
  if (cut === null) return null;
  const words = { all: formats.number(cut.of), listed: formats.number(cut.listed) };
  // Of two sides that stand beside each other the page makes the file, of what is listed.
  const file = compared === null ? `${t("sentence.space")}${t("many.file")}` : "";
  return (
    <p className="names-note" role="status">
      {t("many.listed", words)}
      {file}
    </p>
  );
}
