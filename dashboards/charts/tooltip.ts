/**
 * Tooltips as a small table: every figure with its name, and what it was counted from. Classes only,
 * no style attributes, so that a strict content security policy can hold.
 */

export interface TooltipLine {
  readonly name: string;
  readonly value: string;
  /** A party's place among the colours. */
  readonly party?: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Names come from files of others. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

function line({ name, value, party }: TooltipLine): string {
  const swatch = party === undefined || party < 0 ? "" : `<i class="swatch party-${party}"></i>`;
  return `<tr><th>${swatch}${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`;
}

export function tooltipTable(title: string, lines: readonly TooltipLine[], note = ""): string {
  const body = lines.map(line).join("");
  const foot = note === "" ? "" : `<p>${escapeHtml(note)}</p>`;
  return `<div class="tip"><b>${escapeHtml(title)}</b><table>${body}</table>${foot}</div>`;
}
