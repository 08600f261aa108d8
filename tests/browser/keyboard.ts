/** A page worked with keys alone: what is to be used is reached with Tab, and a pointer that moves is a fault. */

import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type OpenPage, openPage, settled } from "./pages.ts";

/** More presses than any page needs from its beginning to its last control. */
const MOST_PRESSES = 250;

/** Of what comes from the server on a machine that does much else. */
export const SLOW = { timeout: 15_000 };

/** Opens a page that counts what a mouse would do to it; `noPointer` says that there was none. */
export async function openForKeys(context: BrowserContext, address: string): Promise<OpenPage> {
  const opened = await openPage(context, "about:blank");
  await opened.page.addInitScript(`
    globalThis.pointerSeen = 0;
    for (const name of ["pointerdown", "pointermove", "mousedown", "wheel"]) {
      addEventListener(name, () => globalThis.pointerSeen++, { capture: true });
    }
  `);
  await opened.page.goto(address);
  await opened.page.locator("main h1, .top h1, main .state").first().waitFor(SLOW);
  await settled(opened.page);
  return opened;
}

export async function noPointer(page: Page): Promise<void> {
  expect(await page.evaluate("globalThis.pointerSeen")).toBe(0);
}

export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === element.ownerDocument.activeElement);

/** Goes with Tab, or with Shift+Tab, until it has the focus. */
export async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor(SLOW);
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${target} was not reached with ${key} in ${MOST_PRESSES} presses`);
}

/** Reaches it and presses it. */
export async function pressOn(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** Reaches a field and writes over what is in it. */
export async function writeIn(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

/** Reaches a list of choices and goes down or up to the one with this name. */
export async function choose(page: Page, list: Locator, name: string | RegExp): Promise<void> {
  await reach(page, list);
  const shown = async () => (await list.locator("option:checked").textContent()) ?? "";
  const is = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  if (is(await shown())) return;
  await page.keyboard.press("Home");
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (is(await shown())) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`no choice ${name}`);
}

/** The words of what has the focus: those of its label where it has one. */
export const focusWords = (page: Page): Promise<string> =>
  page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
  );

/** Something of the page has the focus: it was not lost with what was pressed. */
export async function isSomewhere(page: Page): Promise<void> {
  const somewhere = () => page.evaluate("document.activeElement !== document.body");
  await expect.poll(somewhere, SLOW).toBe(true);
}
