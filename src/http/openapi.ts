/** The OpenAPI 3.1 document, made from the contract. */

import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
} from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { problem, type Route } from "./contract/route.ts";
import type { Mounted, MountedRoute, MountedStream } from "./mount.ts";

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
  for (const one of mounted) {
    if (one.kind === "route") registerRoute(registry, one);
    else registerStream(registry, one);
  }
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: { title: "Muster", version: "1" },
    servers: [{ url: "/api/v1" }],
  });
  withoutNullParameters(document);
  return document;
}

function registerRoute(registry: OpenAPIRegistry, { route }: MountedRoute): void {
  const status = route.status ?? 200;
  const answer =
    status === 204
      ? { description: "done" }
      : { description: "the answer", content: content(route.rowsKey, route.response) };
  const key = z.object({
    "Idempotency-Key": z.string().min(1).max(200).optional(),
  });
  const version = z.object({ "If-Match": z.string() });
  const params = paramsOf(route.path);
  registry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    ...(route.roles === "anyone" ? {} : secured(route.roles)),
    request: {
      ...(params === null ? {} : { params }),
      ...(route.idempotent === true ? { headers: key } : {}),
      ...(route.versioned === true ? { headers: version } : {}),
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
      ...bodyOf(route),
    },
    responses: {
      [status]: answer,
      400: refusal("the input is wrong; every fault is named"),
      ...(route.roles === "anyone" ? {} : REFUSED),
      ...(params === null ? {} : { 404: refusal("there is no such thing") }),
      ...(route.method === "get" ? {} : { 409: refusal("not as things stand now") }),
      ...(route.versioned === true ? STALE : {}),
      ...(route.idempotent === true ? { 422: refusal("the key was used otherwise") } : {}),
    },
  });
}

function bodyOf(route: Route) {
  if (route.bytes === true) {
    const schema = z.string().meta({ format: "binary" });
    return { body: { required: true, content: { "application/octet-stream": { schema } } } };
  }
  if (route.body === undefined) return {};
  return { body: { required: true, content: { "application/json": { schema: route.body } } } };
}

function registerStream(registry: OpenAPIRegistry, { path, roles }: MountedStream): void {
  const params = paramsOf(path);
  registry.registerPath({
    method: "get",
    path,
    summary: "Server-sent events",
    ...secured(roles),
    request: params === null ? {} : { params },
    responses: {
      200: {
        description: "events, until either side closes",
        content: { "text/event-stream": { schema: z.string() } },
      },
      ...REFUSED,
    },
  });
}

const refusal = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problem } },
});

const STALE = {
  412: refusal("somebody changed it meanwhile"),
  428: refusal("If-Match is wanted"),
};

const REFUSED = { 401: refusal("not signed in"), 403: refusal("not allowed") };

function secured(roles: readonly string[]) {
  return { security: [{ token: [] }], description: `For ${roles.join(", ")}.` };
}

/** The names in braces of a path, which are all of its parameters. */
function paramsOf(path: string): z.ZodObject | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  return names.length === 0
    ? null
    : z.object(Object.fromEntries(names.map((n) => [n, z.string()])));
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

/** A coerced number takes null in zod's eyes; an address has no null. */
function withoutNullParameters(document: Document): void {
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item as Record<string, { parameters?: unknown[] }>)) {
      for (const parameter of operation.parameters ?? []) {
        const { schema } = parameter as { schema?: { type?: string | string[] } };
        if (!Array.isArray(schema?.type)) continue;
        const types = schema.type.filter((type) => type !== "null");
        schema.type = types.length === 1 ? (types[0] as string) : types;
      }
    }
  }
}
