/** The real server in this process, on a store of the test's own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Serving, serve } from "../../src/serve.ts";
import type { Store } from "../../src/store/connection.ts";
import { testSession } from "../support/demo-database.ts";
import { ensureDashboards } from "./built.ts";
import { type BrowserWish, type OpenBrowser, openBrowser } from "./pages.ts";

export interface Served extends Serving {
  /** A route of the API, asked as the administrator. */
  call(method: string, path: string, body?: object): Promise<unknown>;
}

/** `port`: that of a server that was there before; any that is free where it is not said. */
export async function served(store: Store, port = 0): Promise<Served> {
  const dataFolder = mkdtempSync(join(tmpdir(), "muster-served-"));
  const session = testSession(store, dataFolder);
  const serving = await serve(session, { port, host: "127.0.0.1" });
  return {
    ...serving,
    stop: async () => {
      await serving.stop();
      // Files dropped in the browser.
      rmSync(dataFolder, { recursive: true, force: true });
    },
    call: async (method, path, body) => {
      const response = await fetch(`${serving.address}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${serving.token}`,
          "content-type": "application/json",
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return response.json();
    },
  };
}

/** Signs a browser in as the administrator, by the printed link. */
export async function signIn({ context }: OpenBrowser, { signInLink }: Served): Promise<void> {
  const page = await context.newPage();
  await page.goto(signInLink);
  await page.close();
}

export interface DemoInBrowser {
  readonly demo: Served;
  readonly browser: OpenBrowser;
  close(): Promise<void>;
}

/** The demo centre of `demoDatabase`, served, in a browser that is signed in. For a `beforeAll`. */
export async function demoInBrowser(store: Store, wish: BrowserWish): Promise<DemoInBrowser> {
  await ensureDashboards();
  const demo = await served(store);
  const browser = await openBrowser(wish);
  await signIn(browser, demo);
  return {
    demo,
    browser,
    close: async () => {
      await browser.close();
      await demo.stop();
    },
  };
}
