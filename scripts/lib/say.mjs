/** One line on standard error, so that standard output stays the program's own. */
export function say(line) {
  process.stderr.write(`muster: ${line}\n`);
}

/** Says what is wrong and ends with code 2: the input, here the machine, is not right. */
export function refuse(line) {
  say(line);
  process.exit(2);
}
