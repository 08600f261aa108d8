/** A page compared with another period or group: by keyboard, by link, and with an address that is wrong. */

import { tableFromIPC } from "apache-arrow";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase } from "../support/demo-database.ts";
import { findChromium, type OpenBrowser, openPage, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Known {
  readonly lastDay: string;
  readonly parties: readonly Named[];
}

interface ChangeAnswer {
  readonly now: { readonly value: number; readonly n: number };
  readonly against: { readonly value: number };
  readonly verdict: string;
}

const NOTHING = "01900000-0000-7000-8000-000000000000";
const DAY = 86_400_000;
/** The second question is asked when the first is answered, on a machine that does much else. */
const dayAfter = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);

describe.skipIf(executablePath === null)("comparison in Chromium", () => {
  let centre: DemoInBrowser;
  let demo: Served;
  let browser: OpenBrowser;
  let known: Known;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    ({ demo, browser } = centre);
    known = (await demo.call("GET", "/dimensions")) as Known;
  }, 240_000);

  afterAll(async () => {
    await centre?.close();
  });

  async function opened(path: string): Promise<{ page: Page; errors: readonly string[] }> {
    const { page, errors } = await openPage(browser.context, `${demo.address}${path}`);
    await page.locator("main .headline h1, main .state").first().waitFor();
    return { page, errors };
  }

  const idOf = (place: number): Named => {
    const party = known.parties[place];
    if (party === undefined) throw new Error("the demo centre has too few parties");
    return party;
  };
  const comparison = (page: Page) => page.locator(".headline .comparison p");
  const file = async (page: Page, card: string, kind: "CSV" | "Arrow"): Promise<Buffer> => {
    const held = page.locator(".card", { hasText: card }).first();
    await held.locator(".download > button").click();
    const saved = page.waitForEvent("download");
    await held.getByRole("menuitem", { name: new RegExp(kind) }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await saved).createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };

  test("the period before is chosen by keyboard, said in the headline and kept in the link", async () => {
    const { page, errors } = await opened("/managers?metric=meanHandleSeconds");
    await page.getByRole("button", { name: "Compare with" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Nothing" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/compare=previous/);
    const focused = () => page.evaluate("document.activeElement.textContent");
    await expect.poll(() => focused()).toContain("Compare with");
    const said = comparison(page).first();
    await expect.poll(() => said.innerText()).toMatch(/^Handling time \d+s, against .+ \d+s: /);
    const sentence = await said.innerText();

    // The figures are those of the API, asked for with the days spelt out.
    const to = dayAfter(known.lastDay, 1);
    const days = [dayAfter(to, -28), to, dayAfter(to, -56), dayAfter(to, -28)];
    const [from, end, againstFrom, againstTo] = days;
    const query = `from=${from}&to=${end}&againstFrom=${againstFrom}&againstTo=${againstTo}`;
    const answer = (await demo.call(
      "GET",
      `/change?metric=meanHandleSeconds&${query}`,
    )) as ChangeAnswer;
    expect(sentence).toContain(`Handling time ${Math.round(answer.now.value)}s`);
    expect(sentence).toContain(` ${Math.round(answer.against.value)}s: `);
    expect(sentence).toContain(`the same ${answer.now.n} agents`);
    expect(sentence).toMatch(answer.verdict === "shown" ? /a change is shown\.$/ : /not shown\.$/);
    await expect.poll(() => comparison(page).last().innerText()).toContain("is not yet judged");

    const link = page.url();
    const other = await opened(new URL(link).pathname + new URL(link).search);
    await expect.poll(() => comparison(other.page).first().innerText()).toBe(sentence);
    await other.page.close();

    const table = page.getByRole("region", { name: "Agents" });
    await table.getByRole("columnheader", { name: "Before", exact: true }).waitFor();
    const csv = (await file(page, "Raw figures", "CSV")).toString().replace("\ufeff", "");
    const { data, meta } = Papa.parse<Record<string, string>>(csv.trim(), { header: true });
    expect(meta.fields).toContain("meanHandleSeconds");
    expect(meta.fields).toContain("meanHandleSeconds_before");
    const arrow = tableFromIPC(await file(page, "Raw figures", "Arrow"));
    expect(arrow.schema.fields.map(({ name }) => name)).toEqual(meta.fields);
    const before = arrow.getChild("meanHandleSeconds_before");
    const written = data.map((row) => row.meanHandleSeconds_before ?? "");
    expect([...(before ?? [])].map((value) => value ?? "").map(String)).toEqual(written);
    expect(written.filter((text) => text !== "").length).toBeGreaterThan(10);

    await page.getByRole("button", { name: /^Stop comparing with/ }).click();
    await page.waitForURL((address) => !address.search.includes("compare"));
    await expect.poll(() => comparison(page).count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("Escape closes the menu and gives the focus back; own dates are kept", async () => {
    const { page, errors } = await opened("/planners");
    const button = page.getByRole("button", { name: "Compare with" });
    await button.click();
    await page.getByLabel("First day to compare with").fill(dayAfter(known.lastDay, -50));
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByLabel("First day to compare with").count()).toBe(0);
    await expect
      .poll(() => page.evaluate("document.activeElement.textContent"))
      .toContain("Compare with");
    await page.keyboard.press("Enter");
    await page.getByLabel("First day to compare with").fill(dayAfter(known.lastDay, -50));
    await page.getByLabel("Last day to compare with").fill(dayAfter(known.lastDay, -37));
    await page.keyboard.press("Enter");
    const wanted = `${dayAfter(known.lastDay, -50)}..${dayAfter(known.lastDay, -36)}`;
    await page.waitForURL((address) => address.searchParams.get("compare") === wanted);
    await expect.poll(() => comparison(page).count()).toBe(3);
    const words = (await comparison(page).allInnerTexts()).join("\n");
    expect(words).toMatch(/Service level .+ 28 and 14 days\)/);
    expect(words).toMatch(/Contacts offered a day [\d,]+, against/);
    await page.getByRole("tab", { name: "Change", exact: true }).click();
    await page.getByText("Change of contacts by weekday and time").waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  test("a group against another, and against what holds it", async () => {
    const [one, other] = [idOf(1), idOf(2)];
    const { page, errors } = await opened(`/managers?metric=meanHandleSeconds&party=${one.id}`);
    await page.getByRole("button", { name: "Compare with" }).click();
    const groups = page.getByRole("combobox", { name: "Another group" });
    await groups.focus();
    await groups.selectOption({ label: other.name });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.searchParams.get("against") === `party:${other.id}`);
    const said = comparison(page).first();
    await expect.poll(() => said.innerText()).toMatch(/\d+ and \d+ agents/);
    await expect.poll(() => said.innerText()).toContain(`against ${other.name}`);
    await page.close();

    const all = await opened(`/managers?metric=meanHandleSeconds&against=party:${other.id}`);
    await expect
      .poll(() => comparison(all.page).first().innerText())
      .toContain("cannot be told, both sides hold the same contacts");
    await all.page.close();

    const vendors = await opened(`/vendors?compare=previous`);
    await vendors.page.getByRole("columnheader", { name: "Cost per action, before" }).waitFor();
    await expect
      .poll(() => comparison(vendors.page).first().innerText())
      .toMatch(/^Verified outcomes [\d,]+, against .+ [\d,]+: [+−]?[\d.]+%\.$/);
    expect([...errors, ...all.errors, ...vendors.errors]).toEqual([]);
    await vendors.page.close();
  });

  test.each([
    ["compare=year", /The period to compare with has no data: \d+ \w+ \d{4} to /],
    ["compare=soon", /“soon” is nothing that can be compared with/],
    ["compare=2026-03-10..2026-03-01", /ends before it begins/],
    [`against=party:${NOTHING}`, /no such group to compare with/],
  ])("%s is said, and the page stands", async (search, words) => {
    const { page, errors } = await opened(`/planners?${search}`);
    const note = page.locator(".comparison-note");
    await expect.poll(() => note.innerText()).toMatch(words);
    await expect.poll(() => page.locator(".headline h1").innerText()).toMatch(/\d/);
    await note.getByRole("button", { name: "Stop comparing" }).click();
    await expect.poll(() => note.count()).toBe(0);
    expect(new URL(page.url()).search).toBe("");
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each([
    [`party=${NOTHING}`, "Party: there is no such one"],
    ["from=2026-03-10&to=2026-03-01", "The period ends before it begins"],
    ["from=2026-02-31", "“2026-02-31” is no day"],
  ])("%s is no broken page, and there is a way out", async (search, words) => {
    const { page, errors } = await opened(`/managers?${search}&metric=meanHandleSeconds`);
    const state = page.locator("main .state.failed");
    await expect.poll(() => state.innerText()).toContain(words);
    await state.getByRole("button").click();
    await page.locator(".headline h1").waitFor();
    expect(new URL(page.url()).search).toBe("?metric=meanHandleSeconds");
    expect(errors).toEqual([]);
    await page.close();
  });

  test("paper says what is compared", async () => {
    const { page } = await opened("/planners?compare=previous");
    await settled(page);
    await page.emulateMedia({ media: "print" });
    await expect
      .poll(() => page.locator(".print-head").innerText())
      .toMatch(/Compared with \d+ \w+ \d{4} to/);
    await page.close();
  });
});
