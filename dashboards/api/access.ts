/** Coming in and going: the two requests that begin and end the browser's session. */

import { ApiError } from "./client.ts";
import type { Problem } from "./types.ts";

const PATH = "/api/v1/session";

export interface Refusal {
  readonly code: string;
  /** How long to wait, where that is what is asked for. */
  readonly retryAfterSeconds: number | null;
}

/** Null when signed in; else why not. Rejects with an ApiError where no answer came. */
export async function signIn(name: string, password: string): Promise<Refusal | null> {
  const response = await send("POST", JSON.stringify({ name, password }));
  if (response.ok) return null;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const wait = Number(response.headers.get("retry-after"));
  return {
    code: problem.code ?? `http_${response.status}`,
    retryAfterSeconds: wait > 0 ? wait : null,
  };
}

export async function signOut(): Promise<void> {
  await send("DELETE");
}

async function send(method: "POST" | "DELETE", body?: string): Promise<Response> {
  try {
    return await fetch(PATH, {
      method,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
    });
  } catch (cause) {
    throw new ApiError(PATH, { status: 0, code: "no_answer", title: String(cause) });
  }
}
