/** Answers about rows that were not taken. */

import { inputError } from "../../domain/shared/errors.ts";
import { retryRejects as retry } from "../../flows/import/retry-rejects.ts";
import { keepRowsView } from "../../flows/individual-views.ts";
import { type RejectCursor, rejectRows } from "../../store/rejects.ts";
import { rejects, retryRejects } from "../contract/rejects.ts";
import { type Mounted, mount } from "../mount.ts";

export function rejectRoutes(installationKey: Uint8Array): readonly Mounted[] {
  return [
    mount(rejects, async ({ query, caller, context }) => {
      const after = query.cursor === undefined ? null : cursorOf(query.cursor, "query");
      const { rows, next } = await rejectRows(context.store.db, query, {
        after,
        limit: query.limit,
      });
      const looked = { caller, route: rejects.path, query, at: context.now() };
      await keepRowsView(context.store.db, looked, rows);
      return {
        rows: rows.map(({ source, file, line, code, field, value, expected, raw, rejectedAt }) => ({
          ...{ source, file, line, code, field, value, expected, raw },
          rejectedAt: rejectedAt.toISOString(),
        })),
        next: next === null ? null : textOfCursor(next),
      };
    }),
    mount(retryRejects, async ({ params, body, caller, context, signal }) => {
      const { mapping, cursor, ...wish } = body;
      const source = params.source ?? "";
      const { next, ...report } = await retry(context.store, {
        ...wish,
        ...(mapping === undefined ? {} : { mapping }),
        source,
        after: cursor === undefined ? null : cursorOf(cursor, "body"),
        installationKey,
        now: context.now(),
        signal,
      });
      const { code, field } = body;
      const query = { source, ...(code && { code }), ...(field && { field }) };
      const looked = { caller, route: retryRejects.path, query, at: context.now() };
      const shown = report.rejects.map(({ raw }) => ({ source, raw }));
      await keepRowsView(context.store.db, looked, shown);
      return {
        ...report,
        reasons: [...report.reasons],
        rejects: [...report.rejects],
        next: next === null ? null : textOfCursor(next),
      };
    }),
  ];
}

const textOfCursor = ({ batchId, line, digest }: RejectCursor): string =>
  Buffer.from(`${batchId} ${line} ${digest}`).toString("base64url");

const CURSOR = /^(\d{1,9}) (\d{1,15}) ([0-9a-f]{64})$/;

function cursorOf(text: string, part: "query" | "body"): RejectCursor {
  const found = CURSOR.exec(Buffer.from(text, "base64url").toString());
  if (found !== null) {
    const [, batchId, line, digest] = found as unknown as [string, string, string, string];
    return { batchId: Number(batchId), line: Number(line), digest };
  }
  const expected = "a cursor as the page before gave it";
  throw inputError({ code: "invalid_cursor", path: `${part}.cursor`, value: text, expected });
}
