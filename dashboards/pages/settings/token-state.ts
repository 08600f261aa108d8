/** Whether a token still opens anything. */

import type { Token } from "../../api/accounts.ts";

export function isGood({ revokedAt, expiresAt }: Token): boolean {
  return revokedAt === null && new Date(expiresAt).getTime() > Date.now();
}
