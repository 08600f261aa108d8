/**
 * The HTTP rim: Express routes made from the contract, and the built dashboards beside them.
 *
 * A request is authenticated, its query and body are checked against the contract, the handler
 * answers, the answer is sent. Everything that goes wrong ends in the one error table.
 */

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { z } from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import { authenticate, COOKIE } from "./authenticate.ts";
import { HttpError, problemOf } from "./errors.ts";
import { withIdempotency } from "./idempotency.ts";
import type { Caller, Mounted, MountedRoute, MountedStream, RouteContext } from "./mount.ts";
import { openApiDocument } from "./openapi.ts";
import { sendBody } from "./representations.ts";

export interface ServerOptions {
  readonly context: RouteContext;
  readonly mounted: readonly Mounted[];
  readonly logger: Logger;
  /** Folder of the built dashboards. */
  readonly dashboards: string;
}

export interface RunningServer {
  readonly port: number;
  /** Ends streams, lets running requests finish, closes. */
  close(): Promise<void>;
}

const NOBODY: Caller = {
  userId: "",
  name: "",
  role: "agent",
  partyId: null,
  agentId: null,
  expiresAt: new Date(0),
};
const API = "/api/v1";
const BODY_LIMIT = "1mb";

/** The application without a port: what tests and `listen` share. */
export function application(options: ServerOptions, stopping: AbortSignal): Express {
  const { context, mounted } = options;
  const app = express();
  app.disable("x-powered-by");
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_POLICY } }));
  app.use(API, express.json({ limit: BODY_LIMIT }));
  for (const one of mounted) {
    if (one.kind === "route") mountRoute(app, one, context, stopping);
    else mountStream(app, one, context, stopping);
  }
  app.get(`${API}/openapi.json`, (_request, response) => {
    response.json(openApiDocument(mounted));
  });
  app.use(API, (request) => {
    throw new HttpError(404, "no_such_route", `${request.method} ${request.path}`);
  });
  app.get("/sign-in", (request, response) => signIn(request, response, context));
  serveDashboards(app, options.dashboards);
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const problem = problemOf(error);
    if (problem.status >= 500) options.logger.error({ err: error, path: request.path }, "failed");
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  });
  return app;
}

/** ECharts sets styles on elements, which a policy counts as inline; scripts are ours alone. */
const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  connectSrc: ["'self'"],
  // The server speaks plain HTTP on the loopback; behind a proxy it is the proxy that upgrades.
  upgradeInsecureRequests: null,
};

/** Starts to listen; port 0 takes any that is free. */
export async function listen(
  options: ServerOptions,
  at: { readonly port: number; readonly host: string },
): Promise<RunningServer> {
  const stopping = new AbortController();
  const server: Server = createServer(application(options, stopping.signal));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        stopping.abort(new Error("the server stops"));
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function mountRoute(
  app: Express,
  { route, handle }: MountedRoute,
  context: RouteContext,
  stopping: AbortSignal,
): void {
  app[route.method](expressPath(route.path), async (request: Request, response: Response) => {
    const caller = route.roles === "anyone" ? NOBODY : await allowed(request, route.roles, context);
    const input = {
      params: request.params as Record<string, string>,
      query: route.query && parsed(route.query, request.query, "query"),
      body: route.body && parsed(route.body, request.body ?? {}, "body"),
      caller,
      context,
      signal: AbortSignal.any([stopping, goneSignal(response)]),
    };
    const answer = () => handle(input);
    const status = route.status ?? 200;
    const key = request.get("idempotency-key");
    const body =
      route.idempotent === true && key !== undefined
        ? await withIdempotency(context, { caller, key, request, status }, answer)
        : await answer();
    if (status === 204) response.status(204).end();
    else sendBody(request, response.status(status), body, route.rowsKey);
  });
}

function mountStream(
  app: Express,
  stream: MountedStream,
  context: RouteContext,
  stopping: AbortSignal,
): void {
  app.get(expressPath(stream.path), async (request, response) => {
    const caller = await allowed(request, stream.roles, context);
    const signal = AbortSignal.any([stopping, goneSignal(response)]);
    response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.flushHeaders();
    const params = request.params as Record<string, string>;
    const send = (name: string | null, data: unknown) => {
      if (signal.aborted) return;
      response.write(name === null ? `: ${data}\n\n` : eventText(name, data));
    };
    const input = { params, query: undefined, body: undefined, caller, context, signal };
    const cleanUp = await stream.open(send, input);
    const end = () => {
      cleanUp();
      response.end();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function allowed(
  request: Request,
  roles: readonly Caller["role"][],
  context: RouteContext,
): Promise<Caller> {
  const caller = await authenticate(request, context);
  if (!roles.includes(caller.role)) {
    throw new HttpError(403, "role_not_allowed", `not for the role ${caller.role}`);
  }
  return caller;
}

function parsed(schema: z.ZodType, value: unknown, path: string): never {
  const result = schema.safeParse(value);
  if (result.success) return result.data as never;
  const faults: Fault[] = result.error.issues.map((issue) => ({
    code: "invalid_input",
    path: [path, ...issue.path].join("."),
    expected: issue.message,
  }));
  throw new InputError(faults);
}

/** Fires when the client has gone before it was answered. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort(new Error("the client has gone")));
  return gone.signal;
}

function expressPath(path: string): string {
  return `${API}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
}

/** Turns the printed link into a cookie that scripts cannot read, and the address into a plain one. */
async function signIn(request: Request, response: Response, context: RouteContext): Promise<void> {
  const token = z.string().safeParse(request.query.token);
  if (!token.success) throw new HttpError(400, "missing_token", "the link has no token");
  request.headers.authorization = `Bearer ${token.data}`;
  const { expiresAt } = await authenticate(request, context);
  response.cookie(COOKIE, token.data, {
    httpOnly: true,
    sameSite: "strict",
    secure: request.secure,
    expires: expiresAt,
    path: "/",
  });
  response.set("Cache-Control", "no-store").redirect(303, "/");
}

function serveDashboards(app: Express, folder: string): void {
  // Built files carry a digest in their names; the page that names them must be asked for anew.
  app.use("/assets", express.static(join(folder, "assets"), { immutable: true, maxAge: "1y" }));
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.get(/^\/(?!api\/).*/, (_request, response) => {
    const page = join(folder, "index.html");
    if (!existsSync(page)) throw new HttpError(404, "not_built", "the dashboards are not built");
    response.set("Cache-Control", "no-cache").sendFile(page);
  });
}
