/**
 * In whose words an answer calls agents: the caller's role decides whether by name, its language how. The
 * language is the header's, or `lang` of the address where a browser lets no header be set (streams).
 */

import type { Request } from "express";
import { type AgentNaming, namingFor } from "../flows/read/naming.ts";
import type { Caller } from "./mount.ts";

export function namingOf({ role }: Caller, request: Request): AgentNaming {
  const language = request.query.lang ?? request.acceptsLanguages("en", "zh");
  return namingFor(role, language === "zh" ? "zh" : "en");
}
