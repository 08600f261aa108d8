/**
 * A file dropped in Chromium: the dialect of a spreadsheet, its suggested mapping corrected, what would be
 * taken shown after each change, imported, left and come back to, its rows found behind a figure.
 */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { ensureDashboards } from "./built.ts";
import {
  findChromium,
  type OpenBrowser,
  openBrowser,
  openPage,
  overflows,
  screenshot,
} from "./pages.ts";
import { type Served, served, signIn } from "./served.ts";

const executablePath = findChromium();
const store = await testDatabase({ maxConnections: 12 });
const FILE = "Call-Center-Dataset_semicolon_eu.csv";
const SHOTS = process.env.MUSTER_SHOTS;

describe.skipIf(executablePath === null)("a file dropped in the browser", () => {
  let serving: Served;
  let browser: OpenBrowser;

  beforeAll(async () => {
    await ensureDashboards();
    serving = await served(store);
    browser = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(browser, serving);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await serving?.stop();
  });

  const opened = (search = "") => openPage(browser.context, `${serving.address}/sources${search}`);

  test.skipIf(REAL_DATA === null)(
    "is mapped, corrected, imported and found again",
    async () => {
      const text = readFileSync(realFile(`pwc/${FILE}`), "utf8");
      const { page, errors } = await opened();
      await drop(page, FILE, text);
      await page.getByText("What each column is").waitFor();
      const field = (column: string) => page.getByLabel(`Field of ${column}`, { exact: true });
      // The suggestion takes the topic for a reason; here it is the queue.
      await expect.poll(() => field("Topic").inputValue()).toBe("reason");
      await field("Topic").selectOption({ label: "Queue" });
      const sum = page.locator(".drop-sum");
      await expect.poll(() => sum.innerText()).toContain("Of 5,000 rows 5,000 would be taken");
      await shot(page, "mapped");
      const written = page
        .locator(".drop-fields li", { hasText: "Arrived at" })
        .getByLabel("written as");
      await expect.poll(() => written.inputValue()).toBe("dd.MM.yyyy");
      await written.fill("yyyy-MM-dd");
      await expect.poll(() => sum.innerText()).toContain("0 would be taken, 5,000 would not");
      const reasons = page.getByRole("region", { name: "Why rows would not be taken" });
      await expect.poll(() => reasons.first().innerText()).toContain("Not a date of the format");
      await expect
        .poll(() => page.getByRole("button", { name: "Import", exact: true }).isDisabled())
        .toBe(true);
      await shot(page, "wrong-format");
      await written.fill("dd.MM.yyyy");
      await expect.poll(() => sum.innerText()).toContain("5,000 would be taken");
      await field("Call Id").selectOption({ label: "not taken" });
      await page.getByText("Choose a column above").waitFor();
      await page.locator(".drop-faults").waitFor();
      await field("Call Id").selectOption({ label: "Id of the row *" });
      await expect.poll(() => sum.innerText()).toContain("5,000 would be taken");
      await page.getByLabel("Source", { exact: true }).fill("pwc");
      await page.getByLabel("Time zone of the file").fill("UTC");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Mapping as a file" }).click();
      const saved = JSON.parse(readFileSync(await (await download).path(), "utf8"));
      expect(saved).toMatchObject({
        ...{ record: "contact", zone: "UTC" },
        fields: { queue: { column: "Topic" }, externalId: { column: "Call Id" } },
      });
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await page.getByText("Imported.").waitFor({ timeout: 30_000 });
      await shot(page, "imported");
      const counts = await page.locator(".drop-counts").innerText();
      expect(counts.replaceAll("\n", " ")).toMatch(/Rows 5,000 .*Taken 5,000 .*Not taken 0/i);
      await page.getByRole("link", { name: /^Contacts from 1 Jan 2021 to 31 Mar 2021$/ }).click();
      await page.locator(".drawer tbody tr").first().waitFor();
      await expect.poll(() => page.locator(".drawer").innerText()).toContain(FILE);
      await shot(page, "rows");
      const topics = text.split("\n").filter((line) => line.split(";")[4] === "Streaming").length;
      expect(topics).toBeGreaterThan(100);
      const { queues } = (await serving.call("GET", "/dimensions")) as {
        queues: { id: string; name: string }[];
      };
      const streaming = queues.find(({ name }) => name === "Streaming");
      const metrics = (await serving.call(
        "GET",
        `/metrics?from=2021-01-01&to=2021-04-01&queue=${streaming?.id}`,
      )) as { rows: { offered: number }[] };
      expect(metrics.rows[0]?.offered).toBe(topics);
      expect(errors).toEqual([]);
      await page.close();
    },
    90_000,
  );

  test("goes by keyboard alone, is left, and the mapping is offered again", async () => {
    const lines = ["call id;start;agent", "k1;05.03.2026 09:00;Ann", "k2;06.03.2026 09:00;Ann"];
    const { page, errors } = await opened();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a file" }).focus();
    await page.keyboard.press("Enter");
    const buffer = Buffer.from(lines.join("\n"));
    await (await chooser).setFiles({ name: "keys.csv", mimeType: "text/csv", buffer });
    await page.getByText("What each column is").waitFor();
    const upload = new URL(page.url()).searchParams.get("upload");
    expect(upload).toMatch(/^[\da-f-]{36}$/);
    // The address comes back to the same place.
    await page.reload();
    await page.getByLabel("Field of start", { exact: true }).waitFor();
    const importing = page.getByRole("button", { name: "Import", exact: true });
    await expect.poll(() => importing.isEnabled()).toBe(true);
    await importing.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Imported.").waitFor();
    const batch = new URL(page.url()).search;
    expect(batch).toMatch(/^\?import=/);
    await page.getByRole("button", { name: "Another file" }).click();
    await page.getByText("Drop a log here").waitFor();
    const again = await openPage(browser.context, `${serving.address}/sources${batch}`);
    await again.page.getByText("keys.csv into keys").waitFor();
    await again.page.close();
    await drop(page, "more.csv", `${lines[0]}\nk3;07.03.2026 09:00;Ben\n`);
    const mapping = page.getByRole("combobox", { name: "Mapping", exact: true });
    await mapping.selectOption("keys");
    await expect.poll(() => page.getByLabel("Source", { exact: true }).inputValue()).toBe("keys");
    await page.getByText("The rows join those of this source").waitFor();
    expect(errors).toEqual([]);
    await page.close();
  }, 60_000);

  test("that is no good says why, and another can be taken", async () => {
    const { page, errors } = await opened();
    await drop(page, "picture.csv", "\u0089PNG\r\n\u001a\n\u0000\u0000");
    const failed = page.locator(".state.failed");
    await failed.waitFor();
    await expect.poll(() => failed.innerText()).toContain("The file cannot be read as rows");
    await failed.getByRole("button", { name: "Take another file" }).click();
    await page.getByText("Drop a log here").waitFor();
    await drop(page, "<img src=x onerror=alert(1)>.csv", "fruit;colour\n<b>pear</b>;\u202egreen\n");
    await page.getByText("No kind of record fits by itself").waitFor();
    await expect.poll(() => page.locator(".mapping td").first().innerText()).toBe("<b>pear</b>");
    await expect
      .poll(() => page.getByRole("button", { name: "Import", exact: true }).isDisabled())
      .toBe(true);
    // Only what the browser says of answers that were refused.
    expect(errors.filter((text) => !/status of 400/.test(text))).toEqual([]);
    await page.close();
  });

  test("fits a phone, in Chinese and in the dark", async () => {
    const { page } = await opened();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("button.language").click();
    const rows = Array.from({ length: 9 }, (_, at) => `c${at};2026-03-05 09:0${at};Y`);
    await drop(page, "calls.csv", ["call id;start;answered", ...rows, "c9;soon;N"].join("\n"));
    await page.getByText("各列的含义").first().waitFor();
    await expect
      .poll(() => page.locator(".drop-sum").innerText())
      .toContain("共 10 行，将接收 9 行，不接收 1 行");
    await expect.poll(() => page.locator(".drop-steps").innerText()).not.toMatch(/drop\.|\{\{/);
    expect(await page.locator(".drop-notes li").allInnerTexts()).toContain(
      "时间没有时区偏移：请核对下方的文件时区",
    );
    await shot(page, "chinese-dark");
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflows(page), { timeout: 5000 }).toBe(false);
    await shot(page, "phone");
    await page.locator("button.language").click();
    await page.close();
  });
});

/** What a page of the browser has, as far as the drop of a file needs it. */
interface Dropping {
  readonly DataTransfer: new () => { readonly items: { add(file: File): void } };
}

/** As the pointer does it: a drop of a file on the place for it. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const zone = page.locator("fieldset.drop-zone");
  await zone.waitFor();
  const files = await page.evaluateHandle(
    ([file, content]) => {
      const { DataTransfer } = globalThis as unknown as Dropping;
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ""], file ?? "", { type: "text/csv" }));
      return transfer;
    },
    [name, text],
  );
  await zone.dispatchEvent("dragover", { dataTransfer: files });
  await zone.dispatchEvent("drop", { dataTransfer: files });
}

/** Pictures to look at, where a folder for them is named. */
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS !== undefined) await screenshot(page, `${SHOTS}/${name}.png`, true);
}
