/**
 * The HTTP rim: Express routes made from the contract, and the built dashboards beside them.
 *
 * A request is authenticated, its query and body are checked against the contract, the handler
 * answers, the answer is sent. Everything that goes wrong ends in the one error table.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { keepAnswers } from "./answers.ts";
import { serveDashboards } from "./dashboards.ts";
import { HttpError, problemOf } from "./errors.ts";
import type { Mounted, MountedRoute, RouteContext } from "./mount.ts";
import { openApiDocument } from "./openapi.ts";
import { API, mountRoute } from "./routing.ts";
import { signIn } from "./sign-in.ts";
import { mountStream } from "./streams.ts";

export interface ServerOptions {
  readonly context: RouteContext;
  readonly mounted: readonly Mounted[];
  readonly logger: Logger;
  /** Folder of the built dashboards. */
  readonly dashboards: string;
  /** How often a stream asks whether its caller may still come in. */
  readonly streamsAskEveryMs?: number;
}

export interface RunningServer {
  readonly port: number;
  /** Ends streams, lets running requests finish, closes. */
  close(): Promise<void>;
}

const BODY_LIMIT = "1mb";
const LONGEST_REQUEST_MS = 3_600_000;

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

/** The application without a port: what tests and `listen` share. */
export function application(options: ServerOptions, stopping: AbortSignal): Express {
  const { context, mounted, streamsAskEveryMs } = options;
  const rim = { context, stopping, answers: keepAnswers(), streamsAskEveryMs };
  const app = express();
  app.disable("x-powered-by");
  app.use(helmet({ contentSecurityPolicy: { directives: CONTENT_POLICY } }));
  // Answers are about people: no cache between may keep them.
  app.use(API, (_request, response, next) => {
    response.set("Cache-Control", "private, no-cache");
    if (stopping.aborted) response.set("Connection", "close");
    next();
  });
  // Before anything reads bodies: a file is read by its route, as it comes in.
  for (const one of mounted) if (takesFile(one)) mountRoute(app, one, rim);
  app.use(API, onlyJson, express.json({ limit: BODY_LIMIT }));
  for (const one of mounted) {
    if (one.kind === "stream") mountStream(app, one, rim);
    else if (!takesFile(one)) mountRoute(app, one, rim);
  }
  app.get(`${API}/openapi.json`, (_request, response) => {
    response.json(openApiDocument(mounted));
  });
  app.use("/api", noSuchRoute);
  app.get("/sign-in", (request, response) => signIn(request, response, context));
  serveDashboards(app, options.dashboards);
  app.use(noSuchRoute);
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    const problem = problemOf(error);
    if (problem.status >= 500) options.logger.error({ err: error, path: request.path }, "failed");
    if (response.headersSent) {
      next(error);
      return;
    }
    if (problem.status === 401) response.set("WWW-Authenticate", "Bearer");
    if (error instanceof HttpError && error.retryAfterSeconds !== undefined) {
      response.set("Retry-After", String(error.retryAfterSeconds));
    }
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  });
  return app;
}

/** Starts to listen; port 0 takes any that is free. */
export async function listen(
  options: ServerOptions,
  at: { readonly port: number; readonly host: string },
): Promise<RunningServer> {
  const stopping = new AbortController();
  const server: Server = createServer(application(options, stopping.signal));
  // A large file over a slow line takes longer than the five minutes that Node gives a request.
  server.requestTimeout = LONGEST_REQUEST_MS;
  // A connection whose last request began before the end is kept alive by nobody after it.
  server.on("request", (_request, response) => {
    response.on("close", () => {
      if (stopping.signal.aborted) setImmediate(() => server.closeIdleConnections());
    });
  });
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

function takesFile(one: Mounted): one is MountedRoute {
  return one.kind === "route" && one.route.bytes === true;
}

/** A body of another type would be left unread, and the answer would blame its missing fields. */
function onlyJson(request: Request, _response: Response, next: NextFunction): void {
  // Some clients say of no body that it is zero bytes long.
  if (request.get("content-length") !== "0" && request.is("application/json") === false) {
    throw new HttpError(415, "unsupported_media_type", "a body is application/json");
  }
  next();
}

function noSuchRoute(request: Request): void {
  throw new HttpError(404, "no_such_route", `${request.method} ${request.baseUrl}${request.path}`);
}
