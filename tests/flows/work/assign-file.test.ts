import { readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, it, vi } from "vitest";
import { assignCommand } from "../../../src/cli/assign.ts";
import { assignFile } from "../../../src/flows/work/assign-file.ts";
import { REAL_DATA, realFile } from "../../support/real-data.ts";

const ASSIGN100 = realFile("assignment/assign100.txt");

describe("assignFile", () => {
  it.skipIf(REAL_DATA === null)("matches an OR-Library file, numbered from 0", () => {
    const text = readFileSync(ASSIGN100, "utf8");
    const { cost, pairs, unmatched } = assignFile(text, "assign100.txt");
    // By scipy 1.17.1, optimize.linear_sum_assignment.
    expect(cost).toBe(769);
    expect(unmatched).toEqual([]);
    const costs = text.trim().split(/\s+/).map(Number);
    const sum = pairs.reduce(
      (total, [task, agent]) => total + (costs[1 + Number(task) * 100 + Number(agent)] ?? 0),
      0,
    );
    expect(sum).toBe(769);
    expect(new Set(pairs.map(([, agent]) => agent)).size).toBe(100);
  });

  it("matches arcs, with capacities, and lists who stays waiting", () => {
    const text = JSON.stringify({
      tasks: ["a", "b", "c", "d"],
      agents: [{ id: "Ann", capacity: 2 }, { id: "Bob" }],
      arcs: [
        ["a", "Ann", 1],
        ["b", "Ann", 2],
        ["c", "Ann", 3],
        ["c", "Bob", 9],
      ],
    });
    expect(assignFile(text, "tasks.json")).toEqual({
      cost: 12,
      pairs: [
        ["a", "Ann"],
        ["b", "Ann"],
        ["c", "Bob"],
      ],
      unmatched: ["d"],
    });
  });

  it("matches tasks and agents as the dispatcher does", () => {
    const text = JSON.stringify({
      now: "2025-03-03T10:00:00+08:00",
      tasks: [
        { id: "t1", skill: "cards", expectedSeconds: 360 },
        { id: "t2", skill: "loans", minProficiency: 0.9 },
      ],
      agents: [
        { id: "Ann", skills: { cards: 0.5, loans: 0.8 }, costPerHour: 30 },
        { id: "Bob", skills: { cards: 1 }, costPerHour: 30 },
      ],
    });
    // Bob: 360 s at full speed at 30 an hour is 3.00; Ann would cost 6.00.
    const found = assignFile(text, "tasks.json");
    expect(found).toEqual({ cost: 3, pairs: [["t1", "Bob"]], unmatched: ["t2"] });
  });

  it.each([
    ["no n", "abc 1 2", "f: number 1"],
    ["too few costs", "2 1 2 3", "f"],
    ["a word among the costs", "2 1 2 x 4", "f: number 4"],
    ["an empty file", "", "f: number 1"],
    ["broken JSON", "{", "f"],
    ["a cost in quotes", '{"arcs": [["a", "b", "1"]]}', "arcs[0][2]"],
    ["an agent nobody listed", '{"agents": [], "arcs": [["a", "b", 1]]}', "arcs[0][1]"],
    ["a task twice", '{"tasks": ["a", "a"], "arcs": []}', "tasks[1]"],
    ["no now", '{"tasks": [], "agents": []}', "now"],
    [
      "a share above 1",
      '{"now":"2025-01-01T00:00:00Z","tasks":[{"id":"a","minProficiency":2}],"agents":[]}',
      "tasks[0].minProficiency",
    ],
    ["a key nobody knows", '{"arcs": [], "cost": 1}', "f"],
  ])("refuses %s", (_name, text, path) => {
    expect(() => assignFile(text, "f")).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ path })] }),
    );
  });
});

describe("muster assign", () => {
  const run = async (...argv: string[]) => {
    const written: string[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    const program = new Command("muster").exitOverride();
    assignCommand(program);
    try {
      await program.parseAsync(["assign", ...argv], { from: "user" });
    } finally {
      write.mockRestore();
    }
    return written.join("");
  };

  it.skipIf(REAL_DATA === null)("prints one JSON document", async () => {
    const document = JSON.parse(await run(ASSIGN100, "--json"));
    expect(document.cost).toBe(769);
    expect(document.pairs).toHaveLength(100);
  });

  it("names the file that is not there", async () => {
    await expect(run("/nowhere/tasks.json")).rejects.toThrow(/FILE: \/nowhere\/tasks.json/);
  });
});
