import { afterEach, expect, test, vi } from "vitest";
import { ApiError, apiAddress, getJson } from "../../dashboards/api/client.ts";

afterEach(() => vi.unstubAllGlobals());

const answer = (response: Response | Error) =>
  vi.stubGlobal("fetch", () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );

test("only parameters that are set are asked with", () => {
  expect(apiAddress("/metrics", { from: "2026-01-01", party: undefined, by: "" })).toBe(
    "/api/v1/metrics?from=2026-01-01",
  );
  expect(apiAddress("/session")).toBe("/api/v1/session");
});

test("a problem document becomes an error that carries its code and detail", async () => {
  const problem = { type: "about:blank", title: "Bad", status: 422, code: "bad_day", detail: "x" };
  answer(new Response(JSON.stringify(problem), { status: 422 }));
  const error = await getJson("/metrics").catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 422, code: "bad_day", detail: "x", message: "Bad" });
});

test("a fault without a problem document keeps its status", async () => {
  answer(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  await expect(getJson("/metrics")).rejects.toMatchObject({ status: 502, code: "http_502" });
});

test("no answer at all is an error of its own", async () => {
  answer(new TypeError("fetch failed"));
  await expect(getJson("/metrics")).rejects.toMatchObject({ status: 0, code: "no_answer" });
});
