/** A table of 100,000 agents from one answer of the API, and how fast it answers a person. */

import type { Page } from "playwright-core";

export const MANY = 100_000;

/**
 * The demo's agents again and again, each with a name and figures of its own. Made in the page: so
 * large an answer does not fit through the pipe to the browser.
 */
export async function withManyAgents(page: Page): Promise<void> {
  await page.addInitScript(`(() => {
    const ask = window.fetch;
    window.fetch = async (address, options) => {
      const response = await ask(address, options);
      if (!/\\/metrics\\?.*by=agent/.test(String(address)) || !response.ok) return response;
      const answer = await response.json();
      const few = answer.rows.filter(({ agentId }) => typeof agentId === "string");
      const rows = Array.from({ length: ${MANY} }, (_, place) => ({
        ...few[place % few.length],
        agentId: "00000000-0000-4000-8000-" + String(place).padStart(12, "0"),
        agent: "Agent " + String((place * 7919) % ${MANY}).padStart(6, "0"),
        handled: (place * 31) % 5000,
        meanHandleSeconds: 200 + ((place * 17) % 4001) / 10,
        suppressed: false,
      }));
      return Object.assign(new Response(null, { headers: response.headers }), {
        json: async () => ({ ...answer, rows }),
      });
    };
  })()`);
}

/**
 * Milliseconds from what a person does until the page shows what follows, painted. Both are
 * expressions that run in the page; `until` is asked before every frame.
 */
export function answered(page: Page, act: string, until: string): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    const begun = performance.now();
    ${act};
    const look = () => {
      if (!(${until})) return requestAnimationFrame(look);
      const painted = new MessageChannel();
      painted.port1.onmessage = () => done(performance.now() - begun);
      requestAnimationFrame(() => painted.port2.postMessage(0));
    };
    requestAnimationFrame(look);
  })`);
}

/** Sets the text of the search box as typing does. */
export const typed = (text: string): string => `
  const box = document.querySelector(".table-search input");
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  set.call(box, ${JSON.stringify(text)});
  box.dispatchEvent(new Event("input", { bubbles: true }))`;
