/** The built dashboards as files; every address of theirs is the one page. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type Express } from "express";
import { HttpError } from "./errors.ts";

export function serveDashboards(app: Express, folder: string): void {
  // Built files carry a digest in their names; the page that names them must be asked for anew.
  app.use("/assets", express.static(join(folder, "assets"), { immutable: true, maxAge: "1y" }));
  app.use(express.static(folder, { index: false, maxAge: 0 }));
  app.get(/^\/(?!api(?:\/|$)|assets\/).*/, (_request, response) => {
    const page = join(folder, "index.html");
    if (!existsSync(page)) throw new HttpError(404, "not_built", "the dashboards are not built");
    response.set("Cache-Control", "no-cache").sendFile(page);
  });
}
