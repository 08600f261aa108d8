/** What chart tests share: a setting with fixed words and zone, and the picture as SVG text. */

import type { EChartsOption } from "echarts";
import { init } from "echarts";
import type { ChartSetting } from "../../../dashboards/charts/setting.ts";
import { createFormats } from "../../../dashboards/i18n/formats.ts";
import { type Language, LOCALES, translator } from "../../../dashboards/i18n/texts.ts";
import { LIGHT } from "../../../dashboards/theme/tokens.ts";

export function settingIn(language: Language): ChartSetting {
  return {
    t: translator(language),
    formats: createFormats(LOCALES[language], "Europe/Berlin"),
    tokens: LIGHT,
    parties: ["Harbour Bank", "Vendor North", "Vendor South"],
  };
}

export const SETTING = settingIn("en");

/** The chart as a browser would show it. Ids that ECharts counts up are taken out. */
export function drawn(option: EChartsOption, width = 640, height = 360): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg.replaceAll(/zr\d+-/g, "zr-").replaceAll("><", ">\n<")}\n`;
}

/** Where the reviewed picture is kept. */
export const pictureOf = (name: string): string => `../__files__/${name}.svg`;

type Formatter = (parameters: unknown) => string;

/** The tooltip of the mark with that index, of a chart whose tooltip belongs to the axis or to all. */
export function tooltipAt(option: EChartsOption, dataIndex: number): string {
  const tooltip = option.tooltip;
  if (tooltip === undefined || Array.isArray(tooltip)) throw new Error("no tooltip");
  return (tooltip.formatter as unknown as Formatter)([{ dataIndex }]);
}

/** A series by id, with its data as written. */
export function seriesOf(option: EChartsOption, id: string) {
  const all = Array.isArray(option.series) ? option.series : [option.series];
  const found = all.find((series) => series?.id === id);
  if (found === undefined) throw new Error(`no series ${id}`);
  return found as typeof found & { readonly data: readonly unknown[] };
}
