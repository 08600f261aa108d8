/** What opens on the pages by axe: lists, menus, bubbles, drawers, dialogs, the steps of a dropped file. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../support/database.ts";
import { demoDatabase } from "../support/demo-database.ts";
import { type Look, lookedAt, seriousFaults } from "./axe.ts";
import {
  findChromium,
  type OpenBrowser,
  openBrowser,
  openPage,
  screenshot,
  settled,
} from "./pages.ts";
import { type DemoInBrowser, demoInBrowser, type Served, served, signIn } from "./served.ts";
import { addFolder, takeCalls } from "./sources-centre.ts";

const executablePath = findChromium();
const store = await demoDatabase();
const sourcesStore = await testDatabase({ maxConnections: 10 });
const root = mkdtempSync(join(tmpdir(), "muster-open-"));
const SHOTS = process.env.MUSTER_SHOTS;
const MINUTES_MS = 180_000;

/** Opens something of a page; gives what must stand then. */
type Opening = readonly [what: string, open: (page: Page) => Promise<Locator>];

const drawerOf = (page: Page) => page.locator(".drawer, dialog[open]");
const press = (target: Locator) => target.first().click();

async function tool(page: Page, place: number): Promise<Locator> {
  await press(page.locator(".tools .tool").nth(place));
  return drawerOf(page).locator("form");
}

const ON_MANAGERS: readonly Opening[] = [
  [
    "filter",
    async (page) => {
      await press(page.locator(".multi-select > button"));
      return page.locator(".multi-select .options label").first();
    },
  ],
  [
    "comparison",
    async (page) => {
      await press(page.locator(".compare > button"));
      return page.locator(".compare .presets");
    },
  ],
  [
    "card menu",
    async (page) => {
      await press(page.locator(".download > button"));
      return page.getByRole("menuitem").first();
    },
  ],
  [
    "definition",
    async (page) => {
      await page.locator(".tabs .metric-name").nth(2).hover();
      return page.getByRole("tooltip");
    },
  ],
  [
    "rows of an agent",
    async (page) => {
      await press(page.locator(".table tbody tr.opens"));
      await drawerOf(page).locator("tbody tr").first().waitFor();
      return drawerOf(page).locator(".mark-definition");
    },
  ],
  ["notes", (page) => tool(page, 0)],
  ["views", (page) => tool(page, 1)],
  ["thresholds", (page) => tool(page, 2)],
];

const ON_LIVE: readonly Opening[] = [
  [
    "tasks",
    async (page) => {
      await press(page.locator(".queues .opens-rows"));
      return drawerOf(page).locator("tbody tr").first();
    },
  ],
  [
    "history of a task",
    async (page) => {
      await press(page.locator(".stream .opens-rows"));
      return drawerOf(page).locator("tbody tr").first();
    },
  ],
];

const ON_ACCOUNTS: readonly Opening[] = [
  [
    "new account",
    async (page) => {
      await press(page.locator(".card .aside > button"));
      await drawerOf(page).locator("select").first().selectOption("vendor");
      return drawerOf(page).locator("select[name='party']");
    },
  ],
  [
    "account",
    async (page) => {
      await press(page.locator("tbody tr.opens"));
      return drawerOf(page).locator("form");
    },
  ],
];

const ON_TOKENS: readonly Opening[] = [
  [
    "new token",
    async (page) => {
      await press(page.locator(".card .aside > button"));
      return drawerOf(page).locator("form");
    },
  ],
];

const ON_SOURCES: readonly Opening[] = [
  [
    "rejected rows, tried again",
    async (page) => {
      await press(page.locator("tr.opens"));
      await drawerOf(page).locator("tbody tr").first().waitFor();
      await press(drawerOf(page).locator("form button[type='submit']"));
      return drawerOf(page).locator(".retry-result");
    },
  ],
  [
    "file that cannot be read",
    (page) => dropped(page, "\u0089PNG\r\n\u001a\n\u0000\u0000", ".state.failed"),
  ],
  [
    "file, mapped and tried",
    async (page) => {
      await press(page.locator(".drop-place .state.failed button"));
      const rows = Array.from({ length: 9 }, (_, at) => `c${at};2026-03-05 09:0${at};Y`);
      const lines = ["call id;start;answered", ...rows, "c9;soon;N"];
      return dropped(page, lines.join("\n"), ".drop-sum");
    },
  ],
  [
    "file, imported",
    async (page) => {
      await press(page.locator(".drop-import button.main:not(:disabled)"));
      return page.locator(".drop-counts");
    },
  ],
];

async function dropped(page: Page, text: string, awaited: string): Promise<Locator> {
  const buffer = Buffer.from(text);
  const input = page.locator(".drop-zone input[type='file']");
  await input.setInputFiles({ name: "calls.csv", mimeType: "text/csv", buffer });
  return page.locator(awaited);
}

describe.skipIf(executablePath === null)("axe, on what opens", () => {
  let centre: DemoInBrowser;
  let sources: Served;
  let other: OpenBrowser;

  beforeAll(async () => {
    centre = await demoInBrowser(store, { executablePath: executablePath ?? "" });
    await giveWork(centre.demo);
    await takeCalls(sourcesStore, root);
    sources = await served(sourcesStore);
    await addFolder(sourcesStore, root);
    other = await openBrowser({ executablePath: executablePath ?? "" });
    await signIn(other, sources);
  }, MINUTES_MS);

  afterAll(async () => {
    await centre?.close();
    await other?.close();
    await sources?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function judged(page: Page, name: string, openings: readonly Opening[]): Promise<void> {
    for (const [what, open] of openings) {
      await settled(page);
      await (await open(page)).waitFor();
      expect(await seriousFaults(page), what).toEqual([]);
      if (SHOTS !== undefined) await screenshot(page, `${SHOTS}/${name} ${what}.png`);
      await page.keyboard.press("Escape");
      await drawerOf(page).waitFor({ state: "detached" });
      await page.mouse.move(0, 0);
    }
  }

  // Each language and each theme once: the pages behind are judged in all four looks.
  describe.each<Look>(["en light", "zh dark"])("%s", (look) => {
    test.each([
      ["/managers", ON_MANAGERS],
      ["/live", ON_LIVE],
      ["/settings", ON_ACCOUNTS],
      ["/settings?tab=tokens", ON_TOKENS],
    ] as const)("%s", { timeout: MINUTES_MS }, async (path, openings) => {
      const { page } = await openPage(centre.browser.context, "about:blank");
      await lookedAt(page, `${centre.demo.address}${path}`, look);
      await judged(page, `${look} ${path.replace(/\W/g, "")}`, openings);
      await page.close();
    });

    test("/sources", { timeout: MINUTES_MS }, async () => {
      const { page } = await openPage(other.context, "about:blank");
      await lookedAt(page, `${sources.address}/sources`, look);
      await judged(page, `${look} sources`, ON_SOURCES);
      await page.close();
    });
  });
});

/** Somebody who has work, and work that waits: the queue and the stream of Live have something to open. */
async function giveWork({ call }: Served): Promise<void> {
  const { agents } = (await call("GET", "/spread?metric=meanHandleSeconds")) as {
    agents: { agent: string; kind: string; n: number }[];
  };
  const [human] = agents.filter(({ kind }) => kind === "human").sort((a, b) => b.n - a.n);
  const capacity = { call: 1, chat: 1, ticket: 1, message: 1, email: 1 };
  await call("POST", `/agents/${human?.agent}/presence`, {
    pool: "own",
    capacity,
    capacityTotal: 1,
  });
  const tasks = ["call-back", "second", "third"].map((kind) => ({ kind, channel: "call" }));
  await call("POST", "/tasks", { tasks });
}
