/**
 * A client process that plays agents over HTTP: signs them on, polls, accepts, works some
 * milliseconds, completes. It keeps nothing between two lives: what it holds, the server tells it.
 * A connection that fails is tried again, a conflict means the work went elsewhere. Says "done
 * <task>" for each answer to a completion.
 * Arguments: the API's address, an access token, work in milliseconds, uuids of the agents.
 */

import { setTimeout as pause } from "node:timers/promises";

interface Assignment {
  readonly id: string;
  readonly state: "offered" | "accepted";
  readonly task: { readonly id: string };
}

const [api = "", token = "", workMs = "30", ...agents] = process.argv.slice(2);
const RETRY_MS = 50;
const WAIT_SECONDS = 2;
const HEARTBEAT_MS = 500;

/** null: refused with a conflict, which is an answer. */
async function call(method: string, path: string, body: object = {}): Promise<unknown> {
  for (;;) {
    try {
      const response = await fetch(`${api}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: method === "GET" ? null : JSON.stringify(body),
      });
      if (response.ok) return await response.json();
      if (response.status === 409) return null;
      if (response.status < 500) throw new Refused(`${path}: ${await response.text()}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    await pause(RETRY_MS);
  }
}

class Refused extends Error {}

async function signOn(agent: string): Promise<void> {
  const body = { pool: "own", capacity: { call: 2 }, capacityTotal: 2 };
  await call("POST", `/agents/${agent}/presence`, body);
}

async function work(assignment: Assignment): Promise<void> {
  const path = `/assignments/${assignment.id}`;
  if (assignment.state === "offered" && (await call("POST", `${path}/accept`)) === null) return;
  await pause(Number(workMs));
  const result = { by: process.pid };
  if ((await call("POST", `${path}/complete`, { result })) === null) return;
  process.stdout.write(`done ${assignment.task.id}\n`);
}

async function play(agent: string): Promise<void> {
  await signOn(agent);
  for (;;) {
    const path = `/agents/${agent}/assignments?waitSeconds=${WAIT_SECONDS}`;
    const { assignments } = (await call("GET", path)) as { assignments: Assignment[] };
    await Promise.all(assignments.map(work));
  }
}

async function keepAlive(agent: string): Promise<void> {
  for (;;) {
    await pause(HEARTBEAT_MS);
    const seen = await call("PATCH", `/agents/${agent}/presence`);
    // Signed off meanwhile, because nothing was heard for too long.
    if (seen === null) await signOn(agent);
  }
}

await Promise.all(agents.flatMap((agent) => [play(agent), keepAlive(agent)]));
