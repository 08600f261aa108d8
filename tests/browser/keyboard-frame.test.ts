/** The frame with keys alone: pages, language, filters, comparison, tabs, what a name means, in and out. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import {
  choose,
  hasFocus,
  isSomewhere,
  noPointer,
  openForKeys,
  pressOn,
  reach,
  SLOW,
  writeIn,
} from "./keyboard.ts";
import { findChromium, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const PASSWORD = "correct horse battery";

interface Known {
  readonly lastDay: string;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly queues: readonly { readonly id: string; readonly name: string }[];
}

describe.skipIf(executablePath === null)("the frame, by keyboard alone", () => {
  let centre: DemoInBrowser;
  let known: Known;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    known = (await centre.demo.call("GET", "/dimensions")) as Known;
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  const opened = (path: string) =>
    openForKeys(centre.browser.context, `${centre.demo.address}${path}`);

  const searchOf = (page: Page) => new URL(page.url()).searchParams;
  const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

  test("every page is reached, and the link keeps the focus", async () => {
    const { page, errors } = await opened("/managers");
    for (const name of ["Vendors", "Planners", "Live", "Sources", "Settings", "Managers"]) {
      const link = page.getByRole("navigation").getByRole("link", { name });
      await pressOn(page, link);
      await page.waitForURL(`**/${name.toLowerCase()}*`);
      await expect.poll(() => hasFocus(link), SLOW).toBe(true);
      expect(await link.getAttribute("aria-current")).toBe("page");
    }
    await pressOn(page, page.getByRole("link", { name: /Counted to/ }));
    await page.waitForURL("**/sources*");
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("the language is changed, and changed back", async () => {
    const { page } = await opened("/planners");
    await pressOn(page, page.locator("button.language"));
    await page.getByRole("link", { name: "供应商" }).waitFor();
    expect(await hasFocus(page.locator("button.language"))).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Vendors" }).waitFor();
    await page.close();
  });

  test("the period is chosen, and both days are typed", async () => {
    const { page, errors } = await opened("/managers");
    await choose(page, page.getByLabel("Period"), "Last 7 days");
    await page.waitForURL(/from=/);
    const days =
      (Date.parse(searchOf(page).get("to") ?? "") - Date.parse(searchOf(page).get("from") ?? "")) /
      86_400_000;
    expect(days).toBe(7);
    // Whether the day or the month comes first is the browser's matter.
    await reach(page, page.getByLabel("First day").first());
    await page.keyboard.type("02022026");
    await expect.poll(() => searchOf(page).get("from")).toBe("2026-02-02");
    await reach(page, page.getByLabel("Last day").first());
    await page.keyboard.type("03032026");
    await expect.poll(() => searchOf(page).get("to")).toBe("2026-03-04");
    expect(await page.getByLabel("Last day").first().inputValue()).toBe("2026-03-03");
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("each filter is opened, chosen from, closed and cleared", async () => {
    const { page, errors } = await opened("/managers");
    for (const name of ["Party", "Team", "Queue", "Channel"]) {
      const group = page.getByRole("group", { name, exact: true });
      await pressOn(page, group.getByRole("button"));
      const box = group.getByRole("checkbox").first();
      await pressOn(page, box, "Space");
      await page.waitForURL(new RegExp(`${name.toLowerCase()}=`));
      expect(await box.isChecked()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await group.getByRole("checkbox").count()).toBe(0);
      expect(await hasFocus(group.getByRole("button"))).toBe(true);
    }
    // Who goes on with Tab leaves the list closed behind.
    const party = page.getByRole("group", { name: "Party", exact: true });
    await pressOn(page, party.getByRole("button"));
    await reach(page, page.getByRole("group", { name: "Team", exact: true }).getByRole("button"));
    expect(await party.getByRole("checkbox").count()).toBe(0);
    await pressOn(page, button(page, "Clear"));
    await expect.poll(() => new URL(page.url()).search).toBe("");
    await isSomewhere(page);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("a period before, own days and another group are compared with, and no longer", async () => {
    const { page, errors } = await opened("/managers?metric=meanHandleSeconds");
    const open = button(page, "Compare with");
    await pressOn(page, open);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/compare=previous/);
    await expect.poll(() => hasFocus(open)).toBe(true);
    await page.keyboard.press("Enter");
    await reach(page, page.getByLabel("First day to compare with"));
    await page.keyboard.type("02022026");
    await reach(page, page.getByLabel("Last day to compare with"));
    await page.keyboard.type("03032026");
    await page.keyboard.press("Enter");
    await expect.poll(() => searchOf(page).get("compare")).toBe("2026-02-02..2026-03-04");
    await expect.poll(() => hasFocus(open)).toBe(true);
    await page.keyboard.press("Enter");
    const queue = known.queues[0];
    await choose(page, page.getByRole("combobox", { name: "Another group" }), queue?.name ?? "");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(
      (address) => address.searchParams.get("against") === `queue:${queue?.id}`,
    );
    await settled(page);
    await pressOn(page, button(page, /^Stop comparing with/));
    await page.waitForURL((address) => !address.searchParams.has("against"));
    await isSomewhere(page);
    expect(errors).toEqual([]);
    await noPointer(page);
    await page.close();
  });

  test("tabs are gone along with the arrows and chosen with Enter", async () => {
    const { page } = await opened("/managers");
    const tabs = page.getByRole("tablist").first().getByRole("tab");
    await reach(page, tabs.first());
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await hasFocus(tabs.nth(2))).toBe(true);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await hasFocus(tabs.last())).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForURL(/metric=firstContactResolution/);
    expect(await hasFocus(tabs.last())).toBe(true);
    await noPointer(page);
    await page.close();
  });

  test("what a figure means is read on a tab, on a title and on a column, and closed", async () => {
    const { page } = await opened("/managers");
    const bubble = page.getByRole("tooltip");
    await reach(page, page.getByRole("tab", { name: "Handling time" }));
    await expect.poll(() => bubble.innerText()).toContain("sum of talk, hold and wrap-up seconds");
    await page.keyboard.press("Escape");
    expect(await bubble.count()).toBe(0);
    await page.keyboard.press("Tab");
    await bubble.waitFor();
    const column = page.getByRole("columnheader", { name: /Handling time/ }).getByRole("button");
    await reach(page, column);
    await expect.poll(() => bubble.innerText()).toContain("sum of talk, hold and wrap-up seconds");
    expect(await column.getAttribute("aria-describedby")).toBe(await bubble.getAttribute("id"));
    await pressOn(page, page.getByRole("link", { name: "Planners" }));
    await page.waitForURL("**/planners*");
    await settled(page);
    const title = page.getByRole("heading", { name: "Occupancy" }).getByRole("button");
    await reach(page, title);
    await bubble.waitFor();
    await page.keyboard.press("Escape");
    expect(await bubble.count()).toBe(0);
    await page.keyboard.press("Enter");
    await bubble.waitFor();
    expect(await hasFocus(title)).toBe(true);
    await noPointer(page);
    await page.close();
  });

  test("who signs out signs in again", async () => {
    const rights = { role: "manager", party: null, agent: null };
    const body = { name: "Keyed", rights, password: PASSWORD };
    await centre.demo.call("POST", "/accounts", body);
    const { page } = await opened("/planners");
    await pressOn(page, button(page, "Sign out"));
    await page.getByRole("heading", { name: "Sign in to Muster" }).waitFor();
    await writeIn(page, page.getByLabel("Name"), "Keyed");
    await writeIn(page, page.getByLabel("Password"), PASSWORD);
    await pressOn(page, button(page, "Sign in"));
    await page.locator(".headline h1").waitFor(SLOW);
    await isSomewhere(page);
    await noPointer(page);
    await page.close();
  });

  test("what failed to load is asked for again", async () => {
    const { page } = await opened("/planners");
    await page.route("**/api/v1/spread*", (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "about:blank", title: "x", status: 500, code: "internal" }),
      }),
    );
    await pressOn(page, page.getByRole("navigation").getByRole("link", { name: "Managers" }));
    const again = button(page, "Try again").first();
    await again.waitFor(SLOW);
    await page.unroute("**/api/v1/spread*");
    await pressOn(page, again);
    await again.waitFor({ state: "detached", ...SLOW });
    await expect.poll(() => page.locator(".headline h1").innerText(), SLOW).toMatch(/\d/);
    await isSomewhere(page);
    await noPointer(page);
    await page.close();
  });
});
