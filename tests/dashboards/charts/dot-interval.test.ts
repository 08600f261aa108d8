import { expect, test } from "vitest";
import type { SpreadAgent } from "../../../dashboards/api/types.ts";
import {
  agentOfMark,
  agentPanels,
  type DotIntervalInput,
  dotInterval,
  sortedAgents,
} from "../../../dashboards/charts/dot-interval.ts";
import { drawn, pictureOf, SETTING, seriesOf, settingIn } from "./drawing.ts";

function agent(name: string, value: number | null, more: Partial<SpreadAgent> = {}): SpreadAgent {
  return {
    agent: `id of ${name}`,
    name,
    party: "Harbour Bank",
    kind: "human",
    value,
    low: value === null ? null : value - 0.4,
    high: value === null ? null : value + 0.4,
    shrunken: value === null ? null : 5 + (value - 5) / 2,
    n: value === null ? 4 : 120,
    suppressed: value === null,
    ...more,
  };
}

const AGENTS = [
  agent("Bea", 6.1, { party: "Vendor North" }),
  agent("Ada", 4.2),
  agent("Cy", null),
  agent("Robot", 5.4, { kind: "ai" }),
  agent("Dot", 4.2, { party: "Vendor South" }),
];

const INPUT: DotIntervalInput = {
  agents: AGENTS,
  mean: 5,
  standardDeviation: 0.6,
  kind: "perHour",
  axisName: "Cases per hour",
  description: "Agents sorted.",
};

test("agents stand from lowest to highest, ties by name, the suppressed left out", () => {
  expect(sortedAgents(AGENTS).map(({ name }) => name)).toEqual(["Ada", "Dot", "Robot", "Bea"]);
});

test("AI agents stand on a scale of their own; alone they have the chart", () => {
  const names = (agents: readonly SpreadAgent[]) => agents.map(({ name }) => name);
  const { main, beside } = agentPanels(AGENTS);
  expect([names(main), names(beside)]).toEqual([["Ada", "Dot", "Bea"], ["Robot"]]);
  const option = dotInterval(INPUT, SETTING);
  expect(seriesOf(option, "agents-beside")).toMatchObject({ xAxisIndex: 1, yAxisIndex: 1 });
  expect(agentOfMark(AGENTS, "agents-beside", 0)?.name).toBe("Robot");
  expect(agentOfMark(AGENTS, "agents", 2)?.name).toBe("Bea");
  expect(agentOfMark(AGENTS, "reference", 0)).toBeUndefined();
  const alone = agentPanels([agent("Robot", 5.4, { kind: "ai" })]);
  expect([names(alone.main), names(alone.beside)]).toEqual([["Robot"], []]);
});

test("each dot carries place, value, interval and shrunken value, in its party's colour", () => {
  const { data } = seriesOf(dotInterval(INPUT, SETTING), "agents");
  expect(data[2]).toEqual({
    name: "Bea",
    value: [2, 6.1, 5.699999999999999, 6.5, 5.55],
    itemStyle: { color: SETTING.tokens.parties[1] },
  });
});

test("the suppressed share one hatched strip behind the last agent", () => {
  const option = dotInterval(INPUT, SETTING);
  expect(seriesOf(option, "too-few").data).toEqual([[3, 6]]);
  expect(option.xAxis).toMatchObject([{ min: -1, max: 6 }, {}]);
  const without = dotInterval({ ...INPUT, agents: AGENTS.slice(0, 2) }, SETTING);
  expect(seriesOf(without, "too-few").data).toEqual([]);
});

test("a position is read, so the axis need not start at zero", () => {
  expect(dotInterval(INPUT, SETTING).yAxis).toMatchObject([
    { scale: true, name: "Cases per hour" },
    { scale: true },
  ]);
});

test("the tooltip gives interval and population, and escapes names", () => {
  const named = { ...INPUT, agents: [agent("<b>Eve", 5)] };
  const series = seriesOf(dotInterval(named, SETTING), "agents") as unknown as {
    tooltip: { formatter: (parameters: object) => string };
  };
  const html = series.tooltip.formatter({ dataIndex: 0 });
  expect(html).toContain("&lt;b&gt;Eve");
  expect(html).not.toContain("style=");
  expect(html).toContain("4.60 – 5.40");
  expect(html).toContain("<td>120</td>");
});

test("drawn", async () => {
  const svg = drawn(dotInterval(INPUT, SETTING));
  expect(svg).toContain("1 agent: too few to say");
  expect(svg).toContain("mean 5.00");
  await expect(svg).toMatchFileSnapshot(pictureOf("dot-interval"));
});

test("drawn in Chinese", () => {
  expect(drawn(dotInterval(INPUT, settingIn("zh")))).toContain("1 名坐席样本过少");
});
