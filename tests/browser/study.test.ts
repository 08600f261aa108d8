/** Since the assistant came: the study on the managers' page, as the API answers it, in both languages. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { spreadStudy } from "../../src/http/contract/studies.ts";
import { demoDatabase } from "../support/demo-database.ts";
import { findChromium, openBrowser, openPage, settled } from "./pages.ts";
import { type DemoInBrowser, demoInBrowser } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const PASSWORD = "correct horse battery";
type SpreadStudy = z.output<typeof spreadStudy.response>;

const SLOW = { timeout: 60_000 };

/** As a sentence would write it: whole percent, a true minus. */
const percent = (share: number): string =>
  `${share < -0.005 ? "−" : ""}${Math.round(Math.abs(share) * 100)}%`;

describe.skipIf(executablePath === null)("the study of spread, in Chromium", () => {
  let centre: DemoInBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
  });

  const studyOf = async (metric: string) =>
    (await centre.demo.call("GET", `/studies/spread?metric=${metric}`)) as SpreadStudy;

  const sectionOf = (page: Page) => page.locator("section.study");
  const sentence = (page: Page) => sectionOf(page).locator(".study-sentence");
  /** As it reads: the spaces that hold a figure and its sign together are spaces. */
  const said = async (page: Page) => (await sentence(page).innerText()).replaceAll("\u00a0", " ");
  /** Everything a chart says of itself to those who do not see it. */
  const chartIn = (page: Page, title: string) =>
    page
      .locator(".card", { has: page.getByRole("heading", { name: title }) })
      .locator(".chart")
      .getAttribute("aria-label", SLOW);

  async function opened(search: string): Promise<{ page: Page; errors: readonly string[] }> {
    const { context } = centre.browser;
    const { page, errors } = await openPage(context, `${centre.demo.address}/managers?${search}`);
    await sentence(page).waitFor(SLOW);
    return { page, errors };
  }

  function rowsOf({ treated, net }: SpreadStudy): string[] {
    const ranged = ({ reduction, interval }: typeof treated.change) => {
      const low = interval?.low ?? null;
      const from = low === null ? "any rise" : percent(low);
      return `${percent(reduction ?? 0)} (${from} to ${percent(interval?.high ?? 0)})`;
    };
    if (net === null) throw new Error("the demo centre has people without an assistant");
    return [
      `As seen ${percent(treated.change.rawReduction ?? 0)};`,
      `Without noise ${ranged(treated.change)};`,
      `Net of those without ${ranged({ ...net, rawReduction: null })}`,
    ];
  }

  test("says what the API says, and changes with the metric", async () => {
    const { page, errors } = await opened("metric=satisfactionMean");
    const seen: string[] = [];
    for (const metric of ["satisfactionMean", "meanHandleSeconds"]) {
      const study = await studyOf(metric);
      await expect.poll(() => said(page), SLOW).toBe(study.sentence.en);
      await settled(page);
      const verdict = study.verdict === "claim_grade" ? "Claim-grade" : /change shown/i;
      await expect.poll(() => sectionOf(page).locator(".badge").innerText()).toMatch(verdict);
      for (const row of rowsOf(study)) {
        await expect.poll(() => chartIn(page, "How much the spread fell")).toContain(row);
      }
      // Two came and one left: what they brought and took is not told.
      expect(study.composition).toBeNull();
      await sectionOf(page).getByText("fewer than ten people stayed, came or left").waitFor();
      seen.push(study.sentence.en);
      if (metric === "satisfactionMean") {
        await page.getByRole("tab", { name: "Handling time" }).click();
      }
    }
    expect(new Set(seen).size).toBe(2);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("in Chinese too, and whatever the page is filtered by", async () => {
    const study = await studyOf("satisfactionMean");
    const { page, errors } = await opened("lang=zh&metric=satisfactionMean&channel=call");
    expect(await said(page)).toBe(study.sentence.zh);
    await page.getByRole("heading", { name: "自助手启用以来：满意度" }).waitFor();
    const heard = await chartIn(page, "差异缩小了多少");
    expect(heard).toContain(`直接观察 ${percent(study.treated.change.rawReduction ?? 0)}`);
    expect(await sectionOf(page).innerText()).not.toMatch(/[{}]|study\./);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("the table stands below it, and a card gives its rows as a file", async () => {
    const { page } = await opened("metric=satisfactionMean");
    const table = page.getByRole("heading", { name: "Agents", exact: true });
    const [study, below] = [await sectionOf(page).boundingBox(), await table.boundingBox()];
    expect(below?.y).toBeGreaterThan((study?.y ?? 0) + (study?.height ?? 0));
    const card = page.locator(".card", {
      has: page.getByRole("heading", { name: "How much the spread fell" }),
    });
    await card.getByRole("button", { name: "Download" }).click();
    const file = page.waitForEvent("download");
    await card.getByRole("menuitem", { name: "CSV" }).click();
    expect((await file).suggestedFilename()).toMatch(/^managers-study-fall.*\.csv$/);
    await page.close();
  });

  test("where nobody got an assistant it says so, and fails nothing", async () => {
    const { context } = centre.browser;
    const page = await context.newPage();
    const json = { type: "about:blank", title: "None", status: 400, code: "no_adoption" };
    await page.route("**/api/v1/studies/spread*", (route) =>
      route.fulfill({ status: 400, contentType: "application/problem+json", json }),
    );
    await page.goto(`${centre.demo.address}/managers?metric=satisfactionMean`);
    const none = sectionOf(page).locator(".state");
    await none.waitFor();
    expect(await none.innerText()).toBe("No assistant came in the days there is data for.");
    expect(await page.locator(".state.failed").count()).toBe(0);
    await page.close();
  });

  test("a vendor has no such section, and asks for none", async () => {
    const { demo } = centre;
    const { parties } = (await demo.call("GET", "/dimensions")) as {
      parties: { id: string; kind: string }[];
    };
    const party = parties.find(({ kind }) => kind === "vendor")?.id;
    const rights = { role: "vendor", party, agent: null };
    await demo.call("POST", "/accounts", { name: "Vera", password: PASSWORD, rights });
    const own = await openBrowser({ executablePath: executablePath ?? "" });
    const { page, errors } = await openPage(own.context, `${demo.address}/managers`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.getByLabel("Name").fill("Vera");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Agents", exact: true }).waitFor();
    await settled(page);
    expect(await sectionOf(page).count()).toBe(0);
    expect(asked.filter((path) => path.includes("/studies"))).toEqual([]);
    // Before signing in nobody is known, which the browser complains of.
    expect(errors.filter((error) => !error.includes("401"))).toEqual([]);
    await own.close();
  });
});
