/**
 * Makes a demo centre in a process of its own and prints what `makeDemoCentre` returned. Inside a
 * test runner every call across modules costs a look-up, and the millions of draws take ten times
 * as long.
 */

import { makeDemoCentre } from "../../seeds/demo-centre.ts";

const [seed, lastDay = "", directory = ""] = process.argv.slice(2);
const files = await makeDemoCentre({ seed: Number(seed), lastDay, directory });
process.stdout.write(JSON.stringify(files));
