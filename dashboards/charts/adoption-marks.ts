/** The days on which agents took up an assistant, as lines in time; the large days have a name. */

import type { Spread } from "../api/types.ts";
import { instantOf } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";

type Adoption = Spread["adoptions"][number];

/** One or two who start late are no event of the centre. */
const LARGE_AGENTS = 5;
/** Of an assistant's largest day. */
const LARGE_SHARE = 0.5;

export function isLarge(adoption: Adoption, all: readonly Adoption[]): boolean {
  const same = all.filter(({ assistant }) => assistant === adoption.assistant);
  const most = Math.max(...same.map(({ agents }) => agents));
  return adoption.agents >= Math.max(LARGE_AGENTS, LARGE_SHARE * most);
}

export function adoptionWords({ agents, assistant }: Adoption, setting: ChartSetting): string {
  const { t, formats } = setting;
  return t("chart.adoption", { count: agents, shown: formats.number(agents), assistant });
}

/** Large days are dashed lines with a name, small ones faint lines that the tooltip tells of. */
export function adoptionMarks(
  adoptions: readonly Adoption[],
  weeks: readonly string[],
  setting: ChartSetting,
) {
  if (adoptions.length === 0) return {};
  // The name grows away from the nearer edge.
  const middle = weeks[Math.floor(weeks.length / 2)] ?? "";
  const { tokens } = setting;
  const data = adoptions.map((adoption) => {
    const large = isLarge(adoption, adoptions);
    return {
      xAxis: instantOf(adoption.day),
      lineStyle: { color: large ? tokens.warning : tokens.line },
      label: {
        show: large,
        align: adoption.day < middle ? ("left" as const) : ("right" as const),
        formatter: adoptionWords(adoption, setting),
      },
    };
  });
  return {
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { type: "dashed" as const, width: 1 },
      label: { position: "end" as const, color: tokens.warning, fontSize: 12 },
      data,
    },
  };
}
