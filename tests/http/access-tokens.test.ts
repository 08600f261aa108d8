/** `muster token issue` and `muster token revoke`, seen from the server. */

import { Command } from "commander";
import { describe, expect, it, vi } from "vitest";
import { tokenCommand } from "../../src/cli/tokens.ts";
import { readConfig } from "../../src/config.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
const folder = temporaryDirectory();
await takeCentre(store, folder);
const server = await startServer(store);
const env = { DATABASE_URL: store.url, MUSTER_DATA: folder, MUSTER_KEY: "ab".repeat(32) };

async function run(...words: string[]): Promise<{ text: string; exitCode: unknown }> {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const exitBefore = process.exitCode;
  try {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    tokenCommand(program, () => readConfig(env));
    await program.parseAsync(["token", ...words], { from: "user" });
    const text = written.mock.calls.map(([piece]) => String(piece)).join("");
    return { text, exitCode: process.exitCode };
  } finally {
    written.mockRestore();
    process.exitCode = exitBefore;
  }
}

const issue = (...words: string[]) => run("issue", ...words);

describe("muster token", () => {
  it("issues tokens that the API takes, bound as asked", async () => {
    const words = ["--role", "vendor", "--party", "Lotus", "--user", "Li", "--days", "7", "--json"];
    const { token, expiresAt, ...rest } = JSON.parse((await issue(...words)).text);
    expect(rest).toEqual({ user: "Li", role: "vendor" });
    // The command's clock is the real one: seven days from now, give or take a minute.
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000);
    const session = await (await server.ask("/session", token)).json();
    expect(session).toMatchObject({ name: "Li", role: "vendor", party: { name: "Lotus" } });
    const agent = await issue("--role", "agent", "--agent", "Dee", "--user", "Dee");
    expect(await (await server.ask("/session", agent.text.trim())).json()).toMatchObject({
      role: "agent",
      agent: { name: "Dee" },
    });
  });

  it("revokes one, and all of a user", async () => {
    const [first, second, third] = [
      await issue("--role", "manager", "--user", "Max"),
      await issue("--role", "manager", "--user", "Max"),
      await issue("--role", "manager", "--user", "Max"),
    ].map(({ text }) => text.trim()) as [string, string, string];
    expect(await run("revoke", first)).toMatchObject({ text: "1 revoked\n", exitCode: undefined });
    expect((await server.ask("/session", first)).status).toBe(401);
    expect((await server.ask("/session", second)).status).toBe(200);
    expect(JSON.parse((await run("revoke", "--user", "Max", "--json")).text)).toEqual({
      revoked: 2,
    });
    expect((await server.ask("/session", third)).status).toBe(401);
    expect(await run("revoke", first)).toMatchObject({ text: "0 revoked\n", exitCode: 1 });
  });

  it.each([
    [["--role", "vendor", "--user", "a"], "missing_option"],
    [["--role", "agent", "--user", "a"], "missing_option"],
    [["--role", "vendor", "--user", "a", "--party", "Nobody"], "unknown_party"],
    [["--role", "agent", "--user", "a", "--agent", "Nobody"], "unknown_agent"],
    [["--role", "manager", "--user", "a", "--days", "0"], "invalid_days"],
    [["--role", "manager", "--user", "a", "--days", "x"], "invalid_days"],
    [["--role", "king", "--user", "a"], "commander.invalidArgument"],
  ])("refuses %j", async (words, code) => {
    await expect(issue(...words)).rejects.toMatchObject({ code });
  });

  it("refuses to revoke nothing, or two things", async () => {
    await expect(run("revoke")).rejects.toMatchObject({ code: "missing_token" });
    await expect(run("revoke", "a", "--user", "b")).rejects.toMatchObject({
      code: "missing_token",
    });
  });
});
