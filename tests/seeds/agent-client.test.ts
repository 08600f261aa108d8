/** The demo's agent client against a small server of the test: patience, refusals, pace, the end. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { apiOf } from "../../seeds/agent-client/api.ts";
import { playAgents } from "../../seeds/agent-client.ts";

interface Answer {
  readonly status: number;
  readonly body?: object;
}

async function serverOf(answer: (method: string, path: string) => Answer | "never") {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    asked.push(`${method} ${url}`);
    const given = answer(method, url);
    if (given === "never") return;
    response.writeHead(given.status, { "content-type": "application/json" });
    response.end(JSON.stringify(given.body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, address: `http://127.0.0.1:${port}` };
}

function clientOf(address: string, perSecond = 1000) {
  const stopping = new AbortController();
  const reached: boolean[] = [];
  const api = apiOf({
    address,
    token: "t",
    signal: stopping.signal,
    requestsPerSecond: perSecond,
    onReach: (is) => reached.push(is),
  });
  return { api, stopping, reached };
}

test("a server that is away is asked again until it is back", async () => {
  let away = 2;
  const { address, asked } = await serverOf(() => ({ status: away-- > 0 ? 503 : 200 }));
  const { api, reached } = clientOf(address);
  await api.send("POST", "/tasks", {});
  expect(asked).toEqual(["POST /api/v1/tasks", "POST /api/v1/tasks", "POST /api/v1/tasks"]);
  expect(reached).toEqual([false, true]);
});

test("what is refused is not asked again", async () => {
  const body = { code: "assignment_expired" };
  const { address, asked } = await serverOf(() => ({ status: 409, body }));
  const { api } = clientOf(address);
  const refused = api.send("POST", "/assignments/x/complete", {});
  await expect(refused).rejects.toMatchObject({ status: 409, code: "assignment_expired" });
  expect(asked.length).toBe(1);
});

test("requests keep their pace, and an abort ends a long poll", async () => {
  const { address, asked } = await serverOf((_, path) =>
    path.endsWith("/poll") ? "never" : { status: 200 },
  );
  const { api, stopping } = clientOf(address, 20);
  const start = performance.now();
  await Promise.all(Array.from({ length: 5 }, () => api.get("/x")));
  // The first goes at once, four more each a twentieth of a second later.
  expect(performance.now() - start).toBeGreaterThan(4 * 50 - 10);
  const poll = api.get("/poll");
  setTimeout(() => stopping.abort(), 100);
  await expect(poll).rejects.toThrow();
  expect(asked.length).toBe(6);
});

test("an agent takes an offer and finishes it, and everybody is signed off at the end", async () => {
  const agent = "0190c1a2-0000-7000-8000-000000000001";
  const steps: string[] = [];
  let isDone = false;
  const stopping = new AbortController();
  const { address, asked } = await serverOf((method, path) => {
    const route = `${method} ${path.replace("/api/v1", "").split("?")[0]}`;
    if (route === "GET /dimensions") {
      return { status: 200, body: { parties: [], queues: [], lastDay: null } };
    }
    if (route === "GET /spread") {
      return { status: 200, body: { agents: [{ agent, kind: "ai", party: "P" }] } };
    }
    if (route === "GET /tasks") return { status: 200, body: { rows: [] } };
    if (route.startsWith("GET /agents/")) {
      const offer = { id: "a1", state: "offered", task: { expectedSeconds: 60 } };
      return isDone ? "never" : { status: 200, body: { assignments: [offer] } };
    }
    if (route.startsWith("POST /assignments/")) {
      steps.push(route);
      isDone = route.endsWith("/complete");
      if (isDone) setTimeout(() => stopping.abort(), 50);
    }
    return { status: 200 };
  });
  await playAgents({ address, token: "t", signal: stopping.signal, requestsPerSecond: 500 });
  expect(steps).toEqual(["POST /assignments/a1/accept", "POST /assignments/a1/complete"]);
  expect(asked).toContain(`POST /api/v1/agents/${agent}/presence`);
  expect(asked.at(-1)).toBe(`DELETE /api/v1/agents/${agent}/presence`);
});
