/** The document says what the routes do: OpenAPI 3.1, every route in it, references that resolve. */

import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { MountedRoute } from "../../src/http/mount.ts";
import { testDatabase } from "../support/database.ts";
import { startServer } from "./support.ts";

interface Operation {
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: { readonly type?: unknown };
  }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { description: string; content?: object }>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object };
}

const server = await startServer(await testDatabase());
const document = (await (await server.ask("/openapi.json")).json()) as Document;
const routes = server.mounted.filter((one): one is MountedRoute => one.kind === "route");
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const operationOf = ({ route }: MountedRoute) =>
  document.paths[route.path]?.[route.method] as Operation;

describe("the OpenAPI document", () => {
  it("is of version 3.1 and needs no token", () => {
    expect(document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Muster" },
      servers: [{ url: "/api/v1" }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    });
  });

  it("names every mounted route and no other", () => {
    const mounted = server.mounted.map((one) =>
      one.kind === "route" ? `${one.route.method} ${one.route.path}` : `get ${one.path}`,
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      mounted.sort(),
    );
  });

  it.each(routes.map((one) => [`${one.route.method} ${one.route.path}`, one] as const))(
    "tells of %s what goes in and what comes out",
    (_name, one) => {
      const { route } = one;
      const { summary, parameters = [], requestBody, responses, security } = operationOf(one);
      const status = String(route.status ?? 200);
      expect(summary).toBe(route.summary);
      expect(security).toEqual(route.roles === "anyone" ? undefined : [{ token: [] }]);
      const queried = Object.keys((route.query as { shape?: object } | undefined)?.shape ?? {});
      const inQuery = parameters.filter((parameter) => parameter.in === "query");
      expect(inQuery.map(({ name }) => name)).toEqual(queried);
      const type = route.bytes === true ? "application/octet-stream" : "application/json";
      const taken = route.body === undefined && route.bytes !== true ? [] : [type];
      expect(Object.keys(requestBody?.content ?? {})).toEqual(taken);
      const answered = Object.keys(responses[status]?.content ?? {});
      if (status === "204") expect(answered).toEqual([]);
      else expect(answered).toContain("application/json");
      expect(Object.keys(responses["400"]?.content ?? {})).toEqual(["application/problem+json"]);
    },
  );

  it("gives every parameter of a path, and a type to every parameter", () => {
    for (const { path, operation } of operations) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => name)).toEqual(names);
      expect(inPath.every(({ required }) => required === true)).toBe(true);
      for (const { name, schema } of operation.parameters ?? []) {
        expect(typeof schema.type, `${path} ${name}`).toBe("string");
      }
    }
  });

  it("says what travels as Arrow and CSV, and where a key may be sent", () => {
    const metrics = document.paths["/metrics"]?.get;
    expect(Object.keys(metrics?.responses["200"]?.content ?? {})).toEqual([
      "application/json",
      "application/vnd.apache.arrow.stream",
      "text/csv",
    ]);
    const headers = document.paths["/tasks"]?.post?.parameters?.filter(
      (one) => one.in === "header",
    );
    expect(headers?.map(({ name }) => name)).toEqual(["Idempotency-Key"]);
    const events = document.paths["/live/events"]?.get?.responses["200"]?.content;
    expect(Object.keys(events ?? {})).toEqual(["text/event-stream"]);
  });

  it("says of every change of what has a version that it wants If-Match, and of no other", () => {
    const hasVersion = ({ route }: MountedRoute) =>
      /^(put|patch)$/.test(route.method) &&
      route.response instanceof z.ZodObject &&
      "etag" in route.response.shape;
    const wanting = routes.filter(({ route }) => route.versioned === true);
    expect(wanting).toEqual(routes.filter(hasVersion));
    expect(wanting.length).toBeGreaterThan(0);
    for (const one of routes) {
      const { parameters = [], responses } = operationOf(one);
      const header = parameters.find(({ name }) => name === "If-Match");
      const isWanted = wanting.includes(one);
      expect(header?.required ?? false, one.route.path).toBe(isWanted);
      for (const status of ["412", "428"]) expect(status in responses).toBe(isWanted);
    }
  });

  it("has no reference that leads nowhere", () => {
    const text = JSON.stringify(document);
    for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference
        ?.split("/")
        .reduce<unknown>(
          (at, name) => (at as Record<string, unknown> | undefined)?.[name],
          document,
        );
      expect(found, reference).toBeDefined();
    }
    expect(text.length).toBeGreaterThan(10_000);
  });
});
