/** Tasks belong to no party: only those who see all parties may look at them. */

import type { Role } from "../../api/types.ts";

const ROLES: readonly Role[] = ["administrator", "manager", "planner"];

export const seesTasks = (role: Role): boolean => ROLES.includes(role);
