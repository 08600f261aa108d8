/** The id in a path: what is no id names nothing, as an id that nothing has. */

import { notFound } from "../flows/errors.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws FlowError `unknown_<name>`. */
export function idOf(params: Readonly<Record<string, string>>, name: string): string {
  const id = params[name] ?? "";
  if (!UUID.test(id)) throw notFound(`unknown_${name}`, `there is no ${name} ${id}`);
  return id;
}
