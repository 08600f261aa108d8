/** What commands print: one JSON document or plain lines on standard output, progress on standard error. */

import { Presets, SingleBar } from "cli-progress";

export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, jsonValue, 2)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

function jsonValue(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

export interface ProgressBar {
  update(done: number, total: number, label?: string): void;
  stop(): void;
}

/** A bar on standard error; where that is no terminal, nothing until the step is over. */
export function progressBar(title: string, shown: boolean): ProgressBar {
  if (!shown || !process.stderr.isTTY) return quietBar(title, shown);
  const bar = new SingleBar(
    { format: `${title.padEnd(24)} {bar} {percentage}% {label}`, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1, 0, { label: "" });
  return {
    update(done, total, label = "") {
      bar.setTotal(Math.max(total, 1));
      bar.update(done, { label });
    },
    stop: () => bar.stop(),
  };
}

function quietBar(title: string, shown: boolean): ProgressBar {
  let last = "";
  return {
    update(_done, _total, label = "") {
      last = label;
    },
    stop() {
      if (shown) process.stderr.write(`${title.padEnd(24)} done ${last}\n`);
    },
  };
}
