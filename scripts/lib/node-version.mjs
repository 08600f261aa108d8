import { refuse } from "./say.mjs";

const OLDEST = [20, 19];

/** Ends with a plain sentence on a Node that is too old, before anything fails in a riddle. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  refuse(`Node ${process.versions.node} is too old, Muster needs ${OLDEST.join(".")} or newer`);
}
