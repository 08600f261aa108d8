/** The agents' day in the demo: time adds up, nobody has more open than they can take. */

import { expect, test } from "vitest";
import { calendarOf } from "../../seeds/calendar.ts";
import { AI_CHAT_CAPACITY, DAYS } from "../../seeds/centre.ts";
import { type DemoDay, daysOf } from "../../seeds/demo-days.ts";
import { makePeople } from "../../seeds/people.ts";
import { SEED, TO_DAY } from "./made.ts";

const calendar = calendarOf(TO_DAY);
const people = makePeople(SEED);
const days: readonly DemoDay[] = [...daysOf(SEED, calendar, people)];

const total = (list: readonly { from: number; to: number }[]) =>
  list.reduce((sum, { from, to }) => sum + to - from, 0);

test("signed on = handling + available + aux, to the second, for every agent and day", () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const { day, floor, states } of days) {
    for (const post of floor.posts) {
      const agent = post.shift.person.index;
      const own = states.filter((stretch) => stretch.agent === agent);
      const of = (state: string) => total(own.filter((stretch) => stretch.state === state));
      const handling = post.contacts.reduce((sum, one) => sum + one.talk + one.hold + one.wrap, 0);
      checked++;
      if (of("signed_on") !== handling + of("available") + of("aux")) wrong.push(`${day} ${agent}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(60 * 50);
});

test("no agent has more contacts open at once than the shift allows, and none on a break", () => {
  let most = 0;
  const wrong: string[] = [];
  for (const { floor } of days) {
    for (const post of floor.posts) {
      const edges = post.contacts.flatMap(({ answeredAt, releasedAt }) => [
        { at: answeredAt ?? 0, step: 1 },
        { at: releasedAt ?? 0, step: -1 },
      ]);
      edges.sort((a, b) => a.at - b.at || a.step - b.step);
      let open = 0;
      for (const { step } of edges) {
        open += step;
        if (open > post.shift.capacity) wrong.push(`${post.shift.person.name} has ${open}`);
        most = Math.max(most, open);
      }
      for (const rest of post.aux) {
        const during = post.contacts.filter(
          ({ answeredAt, releasedAt }) =>
            (answeredAt ?? 0) < rest.to && (releasedAt ?? 0) > rest.from,
        );
        wrong.push(...during.map((one) => `${one.id} on a break`));
      }
    }
  }
  expect(wrong).toEqual([]);
  // AI agents really work in parallel.
  expect(most).toBe(AI_CHAT_CAPACITY);
});

test("only people who are employed work, and only within the hours", () => {
  for (const { day, floor } of days) {
    for (const { shift } of floor.posts) {
      const { hiredDay, leftDay } = shift.person;
      expect(day >= hiredDay && (leftDay === null || day < leftDay)).toBe(true);
    }
  }
});

test("waits follow from load: a surge is abandoned more often, each call by its patience", () => {
  const shareAbandoned = (day: number) => {
    const calls = days[day]?.floor.contacts.filter((one) => one.channel === "call") ?? [];
    return calls.filter((one) => one.outcome === "abandoned").length / calls.length;
  };
  const { surgeDay } = calendar;
  const usual = [7, 14].flatMap((apart) => [surgeDay - apart, surgeDay + apart]);
  const others = usual.filter((day) => day >= 0 && day < DAYS).map(shareAbandoned);
  expect(shareAbandoned(surgeDay)).toBeGreaterThan(2 * Math.max(...others));
  const all = days.flatMap(({ floor }) => floor.contacts);
  const abandoned = all.filter((one) => one.outcome === "abandoned");
  expect(abandoned.every((one) => one.endedAt === one.arrivedAt + one.patience)).toBe(true);
  const share = abandoned.length / all.length;
  expect(share).toBeGreaterThan(0.03);
  expect(share).toBeLessThan(0.12);
});

test("legs of one conversation follow each other", () => {
  const legs = days.flatMap(({ floor }) => floor.contacts).filter((one) => one.root !== null);
  expect(legs.length).toBeGreaterThan(1000);
  const wrong = legs.filter(({ leg, root, arrivedAt, customer }) => {
    const ended = root?.endedAt ?? Number.POSITIVE_INFINITY;
    return leg < 2 || !root?.transferred || arrivedAt < ended || customer !== root.customer;
  });
  expect(wrong.map((one) => one.id)).toEqual([]);
});
