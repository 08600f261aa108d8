/**
 * Who may see and change what people add to the pages. Another side's is answered like one that is not
 * there, so that nobody learns which there are; what one sees but may not change is refused.
 */

import type { Role } from "../../domain/shared/vocabulary.ts";
import type { Kept, Side } from "../../store/notes/kept.ts";
import { FlowError, forbidden } from "../errors.ts";

/** Who asks, and what binds it. */
export interface Keeper extends Side {
  readonly userId: string;
  readonly role: Role;
}

/** Its maker or an administrator, of those who see it. */
export function mayChange(kept: Pick<Kept, "createdBy">, { userId, role }: Keeper): boolean {
  return role === "administrator" || kept.createdBy === userId;
}

/** @throws FlowError 403 `not_the_maker`. */
export function checkMaker(kept: Pick<Kept, "createdBy">, keeper: Keeper): void {
  if (!mayChange(kept, keeper)) {
    throw forbidden("not_the_maker", "only its maker or an administrator changes it");
  }
}

export const changedMeanwhile = (): FlowError =>
  new FlowError(
    "precondition",
    "changed_meanwhile",
    "somebody changed it meanwhile: read it again",
  );
