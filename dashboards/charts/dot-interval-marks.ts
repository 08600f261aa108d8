/** The marks of the dot and interval chart: an agent's dot, and the hatched strip of the too few. */

import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from "echarts";
import type { Tokens } from "../theme/tokens.ts";
import { FONT } from "./axes.ts";

/** Interval as a thin line, measured value filled, shrunken value hollow; AI agents are diamonds. */
export function drawAgent(
  area: object,
  api: CustomSeriesRenderItemAPI,
  { artificial, colour, surface }: { artificial: boolean; colour: string; surface: string },
): CustomSeriesRenderItemReturn {
  const at = (dimension: number) => api.coord([api.value(0), api.value(dimension)]);
  const [x = 0, value = 0] = at(1);
  const [, low = 0] = at(2);
  const [, high = 0] = at(3);
  const [, shrunken = 0] = at(4);
  const space = api.size?.([1, 0]);
  const width = Array.isArray(space) ? (space[0] ?? 6) : 6;
  const { y: top, height } = area as { y: number; height: number };
  const radius = Math.min(4, Math.max(2, width * 0.42));
  return {
    type: "group",
    children: [
      // The whole column answers the pointer: a dot of 2 pixels is hard to hit.
      {
        type: "rect",
        shape: { x: x - width / 2, y: top, width, height },
        style: { fill: "transparent" },
      },
      {
        type: "line",
        shape: { x1: x, y1: low, x2: x, y2: high },
        style: { stroke: colour, lineWidth: 1, opacity: 0.55 },
      },
      mark(artificial, [x, shrunken], radius * 0.85, { fill: surface, stroke: colour }),
      mark(artificial, [x, value], artificial ? radius * 1.5 : radius, { fill: colour }),
    ],
  };
}

interface MarkStyle {
  readonly fill: string;
  readonly stroke?: string;
}

function mark(diamond: boolean, [x, y]: [number, number], radius: number, style: MarkStyle) {
  if (!diamond) return { type: "circle" as const, shape: { cx: x, cy: y, r: radius }, style };
  const points = [
    [x, y - radius],
    [x + radius, y],
    [x, y + radius],
    [x - radius, y],
  ];
  return { type: "polygon" as const, shape: { points }, style };
}

const HATCH_PIXELS = 8;

/** A hatched strip over the whole height that says how many are too few to say anything of. */
export function drawTooFew(
  area: object,
  [from, to]: readonly [number, number],
  api: CustomSeriesRenderItemAPI,
  { label, tokens }: { label: string; tokens: Tokens },
): CustomSeriesRenderItemReturn {
  const { y, height } = area as { y: number; height: number };
  const left = (api.coord([from, 0])[0] ?? 0) + 2;
  const width = (api.coord([to, 0])[0] ?? 0) - left;
  const hatch = [];
  for (let offset = -height; offset < width; offset += HATCH_PIXELS) {
    const start = Math.max(0, offset);
    const end = Math.min(width, offset + height);
    hatch.push({
      type: "line" as const,
      shape: {
        x1: left + start,
        y1: y + height - (start - offset),
        x2: left + end,
        y2: y + height - (end - offset),
      },
      style: { stroke: tokens.line, lineWidth: 1 },
    });
  }
  return {
    type: "group",
    children: [
      ...hatch,
      {
        type: "text",
        x: left + width / 2,
        y: y + height / 2,
        rotation: Math.PI / 2,
        style: {
          text: label,
          fill: tokens.muted,
          font: `12px ${FONT}`,
          align: "center",
          verticalAlign: "middle",
          backgroundColor: tokens.surface,
          padding: [2, 6],
        },
      },
    ],
  };
}
