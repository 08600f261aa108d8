import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { demoDatabase } from "../support/demo-database.ts";
import { compressedAssets } from "./built.ts";
import {
  findChromium,
  firstChartMilliseconds,
  type OpenBrowser,
  openBrowser,
  openPage,
  overflows,
  settled,
} from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const emptyStore = await testDatabase();

const PAGES = ["/managers", "/vendors", "/planners", "/live", "/sources"] as const;
const FIRST_CHART_MILLISECONDS = 2000;
const PHONE = { width: 390, height: 844 };

describe.skipIf(executablePath === null)("the dashboards in Chromium", () => {
  let centre: DemoInBrowser;
  let demo: Served;
  let empty: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    ({ demo, browser } = centre);
    empty = await served(emptyStore);
  }, 180_000);

  afterAll(async () => {
    await centre?.close();
    await empty?.stop();
  });

  /** A page of the demo centre once its headline stands. */
  async function opened(path: string): Promise<{ page: Page; errors: readonly string[] }> {
    const { page, errors } = await openPage(browser.context, `${demo.address}${path}`);
    await page.locator(".headline h1").waitFor();
    return { page, errors };
  }

  test.each(PAGES)("%s opens with a figure, without complaint, and fits a phone", async (path) => {
    const { page, errors } = await opened(path);
    await settled(page);
    await expect.poll(() => page.locator(".headline h1").first().innerText()).toMatch(/\d/);
    await expect.poll(() => page.locator(".state.failed").count()).toBe(0);
    await page.setViewportSize(PHONE);
    await expect.poll(() => overflows(page), { timeout: 5000 }).toBe(false);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("the first chart stands within 2 s", async () => {
    const times: number[] = [];
    const loaded = new Set<string>();
    for (let load = 0; load < 3; load++) {
      const { page } = await openPage(browser.context, `${demo.address}/managers`);
      times.push(await firstChartMilliseconds(page));
      for (const name of await assetsOf(page)) loaded.add(name);
      await page.close();
    }
    const median = times.sort((one, other) => one - other)[1] ?? Number.NaN;
    const sizes = compressedAssets();
    const bytes = [...loaded].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    console.info(
      `first chart: ${times.map((time) => time.toFixed(0)).join(", ")} ms; ` +
        `the first page loads ${loaded.size} files, ${(bytes / 1000).toFixed(0)} kB compressed`,
    );
    expect(median).toBeLessThan(FIRST_CHART_MILLISECONDS);
  });

  test("Live moves by server-sent events when an assignment is made", async () => {
    const { page, errors } = await opened("/live");
    let asked = 0;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/api/v1/live") asked++;
    });
    await expect.poll(() => page.locator(".stream li").count()).toBe(0);
    const { id, name } = await anyAgent(demo);
    const capacity = { call: 1, chat: 1, ticket: 1, message: 1, email: 1 };
    await demo.call("POST", `/agents/${id}/presence`, { pool: "own", capacity, capacityTotal: 1 });
    await demo.call("POST", "/tasks", { tasks: [{ kind: "call-back", channel: "call" }] });
    const entry = page.locator(".stream li").first();
    await entry.waitFor();
    await expect.poll(() => entry.innerText()).toContain(name);
    await expect.poll(() => entry.innerText()).not.toMatch(/[{}]|_/);
    await expect.poll(() => page.locator(".tiles .tile").innerText()).toContain(name);
    expect(asked).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("a filter is kept in the address, over a reload and on the next page", async () => {
    const { page } = await opened("/managers");
    const period = () => page.locator(".filters select");
    await period().selectOption("last7");
    await page.waitForURL(/from=\d{4}-\d\d-\d\d/);
    const { search } = new URL(page.url());
    await page.reload();
    await page.locator(".headline h1").waitFor();
    await expect.poll(() => period().inputValue()).toBe("last7");
    await page.locator("nav a", { hasText: "Vendors" }).click();
    await page.waitForURL(/\/vendors/);
    expect(new URL(page.url()).search).toBe(search);
    await page.close();
  });

  test("the language switches, texts and dates alike", async () => {
    const { page } = await opened("/managers");
    await page.locator("button.language").click();
    await page.locator("nav a", { hasText: "供应商" }).waitFor();
    await expect.poll(() => page.locator(".headline h1").innerText()).toMatch(/坐席之间/);
    await expect.poll(() => page.locator(".headline p").innerText()).toMatch(/\d+年\d+月\d+日/);
    await page.locator("button.language").click();
    await page.locator("nav a", { hasText: "Vendors" }).waitFor();
    await page.close();
  });

  test("a failure of the API is said, and trying again mends it", async () => {
    const problem = { type: "about:blank", title: "Broken", status: 500, code: "broken" };
    const page = await browser.context.newPage();
    const spread = "**/api/v1/spread*";
    await page.route(spread, (route) =>
      route.fulfill({ status: 500, contentType: "application/problem+json", json: problem }),
    );
    await page.goto(`${demo.address}/managers`);
    const failed = page.locator(".state.failed");
    await failed.waitFor();
    await expect
      .poll(() => failed.innerText())
      .toContain("Could not load the spread between agents");
    await expect.poll(() => failed.innerText()).toContain("broken");
    await page.unroute(spread);
    await failed.locator("button").click();
    await page.locator(".headline h1").waitFor();
    await page.close();
  });

  test("the keyboard reaches the tabs and opens one", async () => {
    const { page } = await opened("/managers");
    const unselected = page.locator('[role="tab"][aria-selected="false"]:focus');
    for (let presses = 0; presses < 40 && (await unselected.count()) === 0; presses++) {
      await page.keyboard.press("Tab");
    }
    await expect.poll(() => unselected.count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.waitForURL(/metric=/);
    await page.close();
  });

  test("who is not signed in is told how", async () => {
    const stranger = await openBrowser({ executablePath: executablePath ?? "" });
    const { page } = await openPage(stranger.context, `${demo.address}/managers`);
    await page.getByText("Sign in to Muster").waitFor();
    await expect.poll(() => page.locator("nav a").count()).toBe(0);
    await stranger.close();
  });

  test("an empty store says what to do next", async () => {
    const other = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(other, empty);
    const texts: string[] = [];
    const complaints: string[] = [];
    for (const path of PAGES) {
      const { page, errors } = await openPage(other.context, `${empty.address}${path}`);
      await page.locator("main .state").first().waitFor();
      texts.push(await page.locator("main").innerText());
      complaints.push(...errors);
      await page.close();
    }
    expect(texts.slice(0, 3).every((text) => text.includes("connect a source"))).toBe(true);
    expect(texts[3]).toContain("once tasks wait or agents sign on");
    expect(texts[4]).toContain("drop a file into a source's folder");
    expect(complaints).toEqual([]);
    await other.close();
  });
});

/** The names of the assets that a page has loaded. */
function assetsOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.startsWith("/assets/"))
      .map((path) => path.slice("/assets/".length)),
  );
}

/** An agent of the demo with work in the period. */
async function anyAgent({ call }: Served): Promise<{ id: string; name: string }> {
  const { agents } = (await call("GET", "/spread?metric=meanHandleSeconds")) as {
    agents: { agent: string; name: string; kind: string; n: number }[];
  };
  const most = agents.filter(({ kind }) => kind === "human").sort((one, two) => two.n - one.n)[0];
  if (most === undefined) throw new Error("the demo centre has no agent");
  return { id: most.agent, name: most.name };
}
