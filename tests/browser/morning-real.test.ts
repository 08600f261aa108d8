/**
 * A whole morning on real calls: two months of a bank's centre, whose agents the organisation's file
 * divides between the bank and a vendor. A manager compares the months, looks at the agents who stand out,
 * takes their calls along and keeps the view; the vendor finds its own alone; then a workbook of another
 * centre is dropped, its mapping corrected, and its rows found behind a chart. What must come out is counted
 * by awk from the same text.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFile } from "../../src/flows/import/import-file.ts";
import { shellTable } from "../real/shell.ts";
import { testDatabase } from "../support/database.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { ensureDashboards } from "./built.ts";
import {
  addAccount,
  agentsChart,
  agentsIn,
  brushAgents,
  countOf,
  downloadedArrow,
  drawerOf,
  keepView,
  ready,
  signedIn,
} from "./morning-steps.ts";
import { findChromium, type OpenBrowser, openBrowser, settled } from "./pages.ts";
import { type Served, served } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase({ maxConnections: 12 });

const JANUARY = "anonymous_bank/01_January.txt.gz";
const FEBRUARY = "anonymous_bank/02_February.txt.gz";
const BANK = "Bank";
const NORTH = "Vendor North";
/** Whom the vendor employs; everybody else works for the bank itself. */
const OF_NORTH = ["ANAT", "KAZAV", "MIKI", "SHARON", "TOVA", "YIFAT"];
const MANAGER = "Morning manager";
const VENDOR = "Morning vendor";
const WORKBOOK = "01 Call-Center-Dataset.xlsx";
/** The same log as text. */
const WORKBOOK_TEXT = "pwc/Call-Center-Dataset.csv";
/** Below this an agent is too few to say. */
const LEAST_CALLS = 20;
const SLOW = { timeout: 15_000 };
const MINUTE_MS = 60_000;

interface ServedCalls {
  readonly name: string;
  readonly calls: number;
  readonly meanSeconds: number;
}

/** Calls and mean service time of each agent of a month, from its text; least time first. */
function agentsOf(file: string): ServedCalls[] {
  const program = `awk -F'\\t' 'NR > 1 && $13 == "AGENT" && $17 != "NO_SERVER" {
    n[$17]++; s[$17] += $16 } END { for (a in n) printf "%s %d %.9f\\n", a, n[a], s[a] / n[a] }'`;
  return shellTable(file, program)
    .map(([name = "", calls, mean]) => ({ name, calls: Number(calls), meanSeconds: Number(mean) }))
    .sort((one, other) => one.meanSeconds - other.meanSeconds);
}

/** The agents who served enough to be told of in both months: how many, and the mean of their means in each. */
function inBothMonths(): { agents: number; now: string; before: string } {
  const enough = (file: string) => agentsOf(file).filter(({ calls }) => calls >= LEAST_CALLS);
  const [before, now] = [enough(JANUARY), enough(FEBRUARY)];
  const both = new Set(
    now.map(nameOf).filter((name) => before.some((other) => other.name === name)),
  );
  const mean = (agents: readonly ServedCalls[]) => {
    const seconds = agents
      .filter(({ name }) => both.has(name))
      .map(({ meanSeconds }) => meanSeconds);
    return `${Math.round(seconds.reduce((sum, each) => sum + each, 0) / seconds.length)}s`;
  };
  return { agents: both.size, now: mean(now), before: mean(before) };
}

describe.skipIf(executablePath === null || REAL_DATA === null)("a morning on real months", () => {
  const folder = mkdtempSync(join(tmpdir(), "muster-morning-"));
  let site: Served;
  let browser: OpenBrowser;

  const take = (file: string, format: string, source: string) =>
    importFile(store, {
      ...{ file, format, source, zone: "Asia/Jerusalem", installationKey: Buffer.alloc(32, 7) },
      ...{ owner: "test", now: () => new Date() },
    });

  beforeAll(async () => {
    await ensureDashboards();
    for (const file of [JANUARY, FEBRUARY]) await take(realFile(file), "anonymous-bank", "bank");
    const names = [...new Set([JANUARY, FEBRUARY].flatMap((file) => agentsOf(file)).map(nameOf))];
    const people = join(folder, "people.csv");
    const lines = names.map((name) => {
      const party = OF_NORTH.includes(name) ? NORTH : BANK;
      return `${name},${party},${party === NORTH ? "Phones" : "Centre"},1998-01-01`;
    });
    const parties = join(folder, "parties.csv");
    writeFileSync(parties, ["party,kind", `${BANK},client`, `${NORTH},vendor`].join("\n"));
    writeFileSync(people, ["Agent,Party,Team,From day", ...lines].join("\n"));
    const teams = join(folder, "teams.csv");
    writeFileSync(teams, ["party,team", `${BANK},Centre`, `${NORTH},Phones`].join("\n"));
    for (const file of [parties, teams, people]) {
      const report = await take(file, "organisation", "people");
      expect([report.rejected, report.accepted]).toEqual([0, report.rows]);
    }
    site = await served(store);
    const dimensions = (await site.call("GET", "/dimensions")) as {
      parties: { id: string; name: string }[];
    };
    const party = dimensions.parties.find(({ name }) => name === NORTH)?.id ?? "";
    await addAccount(site, { name: MANAGER, role: "manager", party: null });
    await addAccount(site, { name: VENDOR, role: "vendor", party });
  }, 2 * MINUTE_MS);

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    rmSync(folder, { recursive: true });
  });

  async function as(name: string): Promise<Page> {
    await browser?.close();
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    return signedIn(browser, site, name);
  }

  test("of a manager: February against January", { timeout: MINUTE_MS }, async () => {
    const page = await as(MANAGER);
    const search = "metric=meanHandleSeconds&from=1999-02-01&to=1999-03-01";
    await page.goto(`${site.address}/managers?${search}`);
    await ready(page);
    await page.getByRole("button", { name: "Compare with" }).click();
    await page.getByLabel("First day to compare with").fill("1999-01-01");
    await page.getByLabel("Last day to compare with").fill("1999-01-31");
    await page.getByRole("button", { name: "Compare", exact: true }).first().click();
    const said = page.locator(".headline .comparison p").first();
    const { agents: same, now, before } = inBothMonths();
    expect(same).toBeGreaterThan(20);
    const words = new RegExp(
      `^Handling time ${now}, against 1 Jan 1999 to 31 Jan 1999 ${before}: .*the same ${same} agents`,
    );
    await expect.poll(() => said.innerText(), SLOW).toMatch(words);
    expect(await said.innerText()).toMatch(/95 % interval .* to /);

    // The two who take far longer than anybody else stand at the right end: brush over them.
    const agents = agentsOf(FEBRUARY);
    const outliers = agents.slice(-2);
    const [usual, least] = [agents.at(-3)?.meanSeconds ?? 0, outliers[0]?.meanSeconds ?? 0];
    expect(least).toBeGreaterThan(1.5 * usual);
    const drawer = await brushAgents(page, 0.9, 0.97);
    const calls = outliers.reduce((sum, agent) => sum + agent.calls, 0);
    expect(await countOf(drawer)).toBe(calls);
    const facts = await drawer.locator(".mark-facts").innerText();
    expect(facts).toContain("sum of talk, hold and wrap-up seconds / handled contacts");
    await drawer.locator("tbody tr").first().waitFor();
    expect(await drawer.locator("tbody tr").first().innerText()).toContain("02_February.txt.gz");

    // The file has their calls, no other's, and the text's mean.
    const table = await downloadedArrow(page, drawer);
    expect(table.numRows).toBe(calls);
    expect(agentsIn(table).sort()).toEqual(outliers.map(nameOf).sort());
    const seconds = [...((table.getChild("handleSeconds")?.toArray() ?? []) as Iterable<number>)];
    const total = outliers.reduce((sum, agent) => sum + agent.calls * agent.meanSeconds, 0);
    expect(seconds.reduce((sum, each) => sum + Number(each), 0)).toBeCloseTo(total, 3);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });

    await keepView(page, "February against January");
    await expect.poll(() => said.innerText(), SLOW).toMatch(words);
  });

  test("of a vendor: its own agents, and nobody of the bank's", {
    timeout: MINUTE_MS,
  }, async () => {
    const page = await as(VENDOR);
    const february = "from=1999-02-01&to=1999-03-01";
    const agents = agentsOf(FEBRUARY);
    const strangers = agents.map(nameOf).filter((name) => !OF_NORTH.includes(name));
    for (const path of ["/managers", "/vendors", "/planners", "/live"]) {
      await page.goto(`${site.address}${path}?metric=meanHandleSeconds&${february}`);
      await page.locator("main h1, main .state").first().waitFor();
      await settled(page);
      const words = new Set((await page.locator("body").innerText()).split(/[\s,()]+/));
      expect(strangers.filter((name) => words.has(name))).toEqual([]);
      expect(words.has(BANK)).toBe(false);
      if (path === "/managers") expect(OF_NORTH.filter((name) => !words.has(name))).toEqual([]);
    }
    await page.goto(`${site.address}/vendors?${february}`);
    const rows = page.locator(".table tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    const own = agents.filter(({ name }) => OF_NORTH.includes(name));
    const handled = own.reduce((sum, { calls }) => sum + calls, 0);
    expect(await rows.first().innerText()).toMatch(
      new RegExp(`${NORTH}\\s+${handled.toLocaleString("en-GB")}\\s`),
    );
  });

  test("of the manager again: another centre's workbook", { timeout: MINUTE_MS }, async () => {
    const page = await as(MANAGER);
    await page.goto(`${site.address}/sources`);
    await drop(page, WORKBOOK, readFileSync(realFile(`pwc/${WORKBOOK}`)));
    await page.getByText("What each column is").waitFor(SLOW);
    const topic = page.getByLabel("Field of Topic", { exact: true });
    expect(await topic.inputValue()).toBe("reason");
    await topic.selectOption({ label: "Queue" });
    const sum = page.locator(".drop-sum");
    await expect.poll(() => sum.innerText(), SLOW).toContain("Of 5,000 rows 5,000 would be taken");
    await page.getByLabel("Source", { exact: true }).fill("pwc");
    await page.getByLabel("Time zone of the file").fill("UTC");
    const importing = page.getByRole("button", { name: "Import", exact: true });
    await expect.poll(() => importing.isEnabled(), SLOW).toBe(true);
    await importing.click();
    await page.getByText("Imported.").waitFor({ timeout: 30_000 });

    // Those who answered, by their mean talk time in one queue: the first mark is the least.
    const program = `tail -n +2 | awk -F, '$6 == "Streaming" && $7 == "Y" { split($10, t, ":"); n[$2]++
      s[$2] += t[1] * 3600 + t[2] * 60 + t[3] } END { for (a in n) print s[a] / n[a], n[a], a }' | sort -n`;
    const answered = shellTable(WORKBOOK_TEXT, program);
    expect(answered).toHaveLength(8);
    const [seconds, calls, agent] = answered[0] ?? [];
    const { queues } = (await site.call("GET", "/dimensions")) as {
      queues: { id: string; name: string }[];
    };
    const streaming = queues.find(({ name }) => name === "Streaming")?.id;
    const search = `metric=meanHandleSeconds&from=2021-01-01&to=2021-04-01&queue=${streaming}`;
    await page.goto(`${site.address}/managers?${search}`);
    await ready(page);
    await agentsChart(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const drawer = drawerOf(page);
    await drawer.waitFor();
    expect(await countOf(drawer)).toBe(Number(calls));
    expect(await drawer.innerText()).toContain(`${Math.round(Number(seconds))}s`);
    await drawer.locator("tbody tr").first().waitFor();
    const first = await drawer.locator("tbody tr").first().innerText();
    for (const word of [agent, "Streaming", WORKBOOK]) expect(first).toContain(word);
  });
});

const nameOf = ({ name }: { readonly name: string }): string => name;

/** What a page of the browser has, as far as the drop of a file needs it. */
interface Dropping {
  readonly DataTransfer: new () => { readonly items: { add(file: File): void } };
}

/** As the pointer does it: a drop of a file on the place for it. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const zone = page.locator("fieldset.drop-zone");
  await zone.waitFor();
  const files = await page.evaluateHandle(
    ([file = "", packed = ""]) => {
      const { DataTransfer } = globalThis as unknown as Dropping;
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], file));
      return transfer;
    },
    [name, bytes.toString("base64")],
  );
  await zone.dispatchEvent("dragover", { dataTransfer: files });
  await zone.dispatchEvent("drop", { dataTransfer: files });
}
