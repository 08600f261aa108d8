import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assign, proficiencyFor } from "../../../src/domain/dispatch/assign.ts";
import { arcCost, expectedWork } from "../../../src/domain/dispatch/cost.ts";
import type { FreeAgent, WaitingTask } from "../../../src/domain/dispatch/offer.ts";

const NOW = Date.UTC(2025, 2, 3, 9, 0);
const MINUTE = 60_000;

const task = (change: Partial<WaitingTask> = {}): WaitingTask => ({
  id: "t1",
  channel: "call",
  skill: "cards",
  minProficiency: 0,
  priority: 0,
  dueAt: null,
  expectedSeconds: 360,
  waitingSince: NOW,
  declinedBy: [],
  ...change,
});

const agent = (change: Partial<FreeAgent> = {}): FreeAgent => ({
  id: 1,
  pool: "own",
  skills: { cards: 1 },
  room: { call: 1, chat: 3 },
  roomInAll: 3,
  costPerHour: 30,
  costPerTask: 0,
  freeSince: NOW,
  ...change,
});

const pairs = (tasks: WaitingTask[], agents: FreeAgent[]) =>
  assign({ tasks, agents, now: NOW }).map((offer) => [offer.taskId, offer.agentId]);

describe("expectedWork", () => {
  // By hand: 360 s at half speed is 720 s, a fifth of an hour, 6.00 at 30 an hour; plus 0.50 a
  // task.
  it("is hours at the agent's speed times its rate", () => {
    expect(expectedWork(task(), agent({ costPerTask: 0.5 }), 0.5)).toEqual({
      seconds: 720,
      cost: 6.5,
    });
  });
});

describe("who may take a task", () => {
  it.each<[string, Partial<WaitingTask>, Partial<FreeAgent>, number | null]>([
    ["holds the skill", {}, { skills: { cards: 0.7 } }, 0.7],
    ["holds another skill", {}, { skills: { loans: 1 } }, null],
    [
      "holds exactly the proficiency asked",
      { minProficiency: 0.7 },
      { skills: { cards: 0.7 } },
      0.7,
    ],
    ["holds less", { minProficiency: 0.71 }, { skills: { cards: 0.7 } }, null],
    ["any skill will do", { skill: null }, { skills: {} }, 1],
    ["no room in the channel", {}, { room: { chat: 1 } }, null],
    ["no room in all", {}, { roomInAll: 0 }, null],
    ["declined it", { declinedBy: [1] }, {}, null],
    ["somebody else declined it", { declinedBy: [2] }, {}, 1],
    ["a skill named like an object's own", { skill: "constructor" }, {}, null],
  ])("%s", (_name, taskChange, agentChange, expected) => {
    expect(proficiencyFor(task(taskChange), agent(agentChange))).toBe(expected);
  });
});

describe("assign", () => {
  it("prefers the cheaper agent, and the faster one at the same rate", () => {
    const cheap = agent({ id: 2, costPerHour: 20 });
    expect(pairs([task()], [agent(), cheap])).toEqual([["t1", 2]]);
    const slow = agent({ id: 3, skills: { cards: 0.5 } });
    expect(pairs([task()], [slow, agent()])).toEqual([["t1", 1]]);
  });

  it("lets a deadline outweigh the price", () => {
    const cheapAndSlow = agent({ id: 2, costPerHour: 14, skills: { cards: 0.5 } });
    const agents = [agent(), cheapAndSlow];
    expect(pairs([task()], agents)).toEqual([["t1", 2]]);
    expect(pairs([task({ dueAt: NOW + 7 * MINUTE })], agents)).toEqual([["t1", 1]]);
  });

  it("gives work to who was free longest, at the same cost", () => {
    const waitedLonger = agent({ id: 2, freeSince: NOW - MINUTE });
    expect(pairs([task()], [agent(), waitedLonger])).toEqual([["t1", 2]]);
  });

  it.each<[string, Partial<WaitingTask>]>([
    ["a higher priority", { priority: 1 }],
    ["a longer wait", { waitingSince: NOW - MINUTE }],
    ["a deadline today", { dueAt: NOW + 60 * MINUTE }],
    ["a passed deadline", { dueAt: NOW - 5 * MINUTE }],
  ])("does first what has %s, with one agent for two", (_name, change) => {
    const tasks = [task(), task({ id: "t2", ...change })];
    expect(pairs(tasks, [agent()])).toEqual([["t2", 1]]);
  });

  it("does not leave a task waiting that only another choice makes possible", () => {
    const both = agent({ id: 1, skills: { cards: 1, loans: 1 } });
    const cardsOnly = agent({ id: 2, costPerHour: 90 });
    const tasks = [task(), task({ id: "t2", skill: "loans" })];
    expect(pairs(tasks, [both, cardsOnly])).toEqual([
      ["t1", 2],
      ["t2", 1],
    ]);
  });

  it("keeps room by channel and in all", () => {
    const tasks = ["a", "b", "c", "d"].map((id) => task({ id, channel: "chat" }));
    const calls = ["e", "f"].map((id) => task({ id }));
    const one = agent({ room: { call: 1, chat: 3 }, roomInAll: 3 });
    const offers = pairs([...tasks, ...calls], [one]);
    expect(offers).toHaveLength(3);
    expect(offers.filter(([id]) => id === "e" || id === "f").length).toBeLessThanOrEqual(1);
  });

  it("says why", () => {
    const [offer] = assign({
      tasks: [task({ dueAt: NOW + 10 * MINUTE })],
      agents: [agent({ skills: { cards: 0.9 } }), agent({ id: 2, costPerHour: 99 })],
      now: NOW,
    });
    // 360 s / 0.9 = 400 s; 400 / 3600 h x 30 = 3.33
    expect(offer?.why).toEqual({
      skill: "cards",
      proficiency: 0.9,
      expectedCost: 3.33,
      expectedSeconds: 400,
      secondsToDeadline: 600,
      alternatives: 1,
    });
  });

  it("never offers a task twice, over anybody's room, or to who may not take it", () => {
    const channel = fc.constantFrom("call", "chat" as const);
    const skill = fc.constantFrom("cards", "loans");
    const tasks = fc.array(
      fc.record({
        channel,
        skill: fc.option(skill),
        minProficiency: fc.constantFrom(0, 0.5, 0.9),
        priority: fc.nat(2),
        dueAt: fc.option(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 })),
        declinedBy: fc.subarray([0, 1, 2]),
      }),
      { maxLength: 12 },
    );
    const agents = fc.array(
      fc.record({
        room: fc.record({ call: fc.nat(2), chat: fc.nat(2) }),
        roomInAll: fc.nat(3),
        skills: fc.dictionary(skill, fc.constantFrom(0.3, 0.6, 1), { noNullPrototype: true }),
        costPerHour: fc.integer({ min: 0, max: 100 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(tasks, agents, (taskChanges, agentChanges) => {
        const waiting = taskChanges.map((change, index) => task({ id: `t${index}`, ...change }));
        const free = agentChanges.map((change, id) => agent({ id, ...change }));
        const offers = assign({ tasks: waiting, agents: free, now: NOW });
        expect(new Set(offers.map((offer) => offer.taskId)).size).toBe(offers.length);
        for (const one of free) {
          const mine = offers.filter((offer) => offer.agentId === one.id);
          const work = mine.map((offer) => waiting.find(({ id }) => id === offer.taskId) ?? task());
          expect(mine.length).toBeLessThanOrEqual(one.roomInAll);
          for (const kind of ["call", "chat"] as const) {
            const count = work.filter((each) => each.channel === kind).length;
            expect(count).toBeLessThanOrEqual(one.room[kind] ?? 0);
          }
          expect(work.map((each) => proficiencyFor(each, one))).not.toContain(null);
        }
      }),
    );
  });

  it("costs a finite amount however long ago a task was due", () => {
    const old = task({ dueAt: Date.UTC(1999, 0, 1), waitingSince: Date.UTC(1999, 0, 1) });
    // Capped at 72 h each: worth (72 waited + 72 pressure) x 100; work 3; late with anybody.
    expect(arcCost(old, agent(), { proficiency: 1, now: NOW })).toBe(3 - 14_400);
  });
});
