/** Passwords: how long they are, how they are kept, and whether one is right. */

import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { inputError } from "../domain/shared/errors.ts";

/** OWASP's second choice for argon2id: 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const SECRET_BYTES = 32;
const SHORTEST_PASSWORD = 12;
/** Longer ones are no safer, and hashing them would cost. */
const LONGEST_PASSWORD = 256;

/** What is kept of a password. @throws InputError `weak_password`. */
export async function passwordHash(password: string, path = "password"): Promise<string> {
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    const expected = `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;
    throw inputError({ code: "weak_password", path, expected });
  }
  return hash(password, ARGON2);
}

let hashOfNobody: Promise<string> | undefined;

/** Takes as long where there is nothing to compare with. */
export async function passwordIs(known: string | null, password: string): Promise<boolean> {
  hashOfNobody ??= hash(randomBytes(SECRET_BYTES), ARGON2);
  const isRight = await verify(known ?? (await hashOfNobody), password.slice(0, LONGEST_PASSWORD));
  return known !== null && isRight;
}
