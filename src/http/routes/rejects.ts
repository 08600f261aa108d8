/** Answers about rows that were not taken. */

import { inputError } from "../../domain/shared/errors.ts";
import { retryRejects as retry } from "../../flows/import/retry-rejects.ts";
import { type RejectCursor, rejectRows } from "../../store/rejects.ts";
import { rejects, retryRejects } from "../contract/rejects.ts";
import { type Mounted, mount } from "../mount.ts";

export function rejectRoutes(installationKey: Uint8Array): readonly Mounted[] {
  return [
    mount(rejects, async ({ query, context }) => {
      const after = query.cursor === undefined ? null : cursorOf(query.cursor);
      const { rows, next } = await rejectRows(context.store.db, query, {
        after,
        limit: query.limit,
      });
      return {
        rows: rows.map(({ source, file, line, code, field, value, expected, raw, rejectedAt }) => ({
          ...{ source, file, line, code, field, value, expected, raw },
          rejectedAt: rejectedAt.toISOString(),
        })),
        next: next === null ? null : textOfCursor(next),
      };
    }),
    mount(retryRejects, async ({ params, body, context, signal }) => {
      const { mapping, ...wish } = body;
      const report = await retry(context.store, {
        ...wish,
        ...(mapping === undefined ? {} : { mapping }),
        source: params.source ?? "",
        installationKey,
        now: context.now(),
        signal,
      });
      return { ...report, reasons: [...report.reasons], rejects: [...report.rejects] };
    }),
  ];
}

const textOfCursor = ({ batchId, line, digest }: RejectCursor): string =>
  Buffer.from(`${batchId} ${line} ${digest}`).toString("base64url");

const CURSOR = /^(\d{1,9}) (\d{1,15}) ([0-9a-f]{64})$/;

function cursorOf(text: string): RejectCursor {
  const found = CURSOR.exec(Buffer.from(text, "base64url").toString());
  if (found !== null) {
    const [, batchId, line, digest] = found as unknown as [string, string, string, string];
    return { batchId: Number(batchId), line: Number(line), digest };
  }
  const expected = "a cursor as the page before gave it";
  throw inputError({ code: "invalid_cursor", path: "query.cursor", value: text, expected });
}
