/** The OpenAPI 3.1 document, made from the contract. */

import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
} from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { problem } from "./contract/route.ts";
import type { Mounted, MountedRoute } from "./mount.ts";

extendZodWithOpenApi(z);

type Document = ReturnType<OpenApiGeneratorV31["generateDocument"]>;

let made: { mounted: readonly Mounted[]; document: Document } | null = null;

export function openApiDocument(mounted: readonly Mounted[]): Document {
  if (made?.mounted !== mounted) made = { mounted, document: generated(mounted) };
  return made.document;
}

function generated(mounted: readonly Mounted[]): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  for (const one of mounted) if (one.kind === "route") register(registry, one);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: { title: "Muster", version: "1" },
    servers: [{ url: "/api/v1" }],
  });
}

function register(registry: OpenAPIRegistry, { route }: MountedRoute): void {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  const status = route.status ?? 200;
  const answer =
    status === 204
      ? { description: "done" }
      : { description: "the answer", content: content(route.rowsKey, route.response) };
  const refusal = (description: string) => ({
    description,
    content: { "application/problem+json": { schema: problem } },
  });
  registry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    ...(route.roles === "anyone" ? {} : { security: [{ token: [] }] }),
    request: {
      ...(names.length > 0 ? { params } : {}),
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
      ...(route.body === undefined
        ? {}
        : { body: { content: { "application/json": { schema: route.body } } } }),
    },
    responses: {
      [status]: answer,
      400: refusal("the input is wrong; every fault is named"),
      401: refusal("not signed in"),
      403: refusal("not allowed"),
    },
  });
}

function content(rowsKey: string | undefined, schema: z.ZodType) {
  const json = { "application/json": { schema } };
  if (rowsKey === undefined) return json;
  return {
    ...json,
    "application/vnd.apache.arrow.stream": { schema: z.string() },
    "text/csv": { schema: z.string() },
  };
}
