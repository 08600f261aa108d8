/** `muster account`, as a process of its own that is given a password on its standard input. */

import { expect, it } from "vitest";
import { signInWithPassword } from "../../src/flows/accounts.ts";
import { testDatabase } from "../support/database.ts";
import { type Ended, startMuster } from "../support/muster-process.ts";

const store = await testDatabase();
const PASSWORD = "correct horse battery";

function account(input: string, ...words: string[]): Promise<Ended> {
  return startMuster(store, ["account", ...words], {}, input).ended;
}

async function outcome(name: string, password: string): Promise<string> {
  const attempt = { name, password, address: "127.0.0.1", now: new Date() };
  return (await signInWithPassword(store, attempt)).kind;
}

it("makes accounts that can sign in, lists them, and lets them in no more", async () => {
  const made = await account(`${PASSWORD}\n`, "set", "Mia", "--role", "manager");
  expect(made).toMatchObject({ exit: 0, out: "Mia may sign in as manager\n" });
  expect(made.out + made.err).not.toContain(PASSWORD);
  expect(await outcome("Mia", PASSWORD)).toBe("signed_in");
  expect((await account("", "list")).out).toBe("Mia: manager\n");
  expect(await account("", "disable", "Mia")).toMatchObject({ exit: 0 });
  expect(await outcome("Mia", PASSWORD)).toBe("refused");
  expect(await account("", "disable", "Nobody")).toMatchObject({ exit: 1 });
});

it("refuses a short password, none at all, and a role that lacks whose it is", async () => {
  for (const input of ["short\n", ""]) {
    const refused = await account(input, "set", "Noa", "--role", "planner");
    expect(refused).toMatchObject({ exit: 2, out: "" });
    expect(refused.err).toContain("weak_password: invalid password");
  }
  const vendor = await account(`${PASSWORD}\n`, "set", "Li", "--role", "vendor");
  expect(vendor).toMatchObject({ exit: 2 });
  expect(vendor.err).toContain("missing_option: invalid --party");
});
