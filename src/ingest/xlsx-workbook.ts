/**
 * What a workbook says of itself: its sheets in order, the number formats of its cells, its shared texts.
 */

import { posix } from "node:path";
import { inputError } from "../domain/shared/errors.ts";
import { fileFault } from "./bytes.ts";
import { LONGEST_ROW_CHARACTERS } from "./limits.ts";
import { type Archive, type ArchiveLimits, passwordFault } from "./xlsx-archive.ts";
import { builtInKind, formatKind, type NumberKind } from "./xlsx-dates.ts";
import { readXml } from "./xml.ts";

export interface Sheet {
  readonly name: string;
  /** Its part of the archive. */
  readonly part: string;
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** Serial numbers count from 1904. */
  readonly is1904: boolean;
  /** By a cell's style. */
  readonly kinds: readonly NumberKind[];
  /** Read when first asked for. */
  sharedTexts(): Promise<readonly string[]>;
}

interface Relation {
  readonly type: string;
  readonly part: string;
}

/** @throws InputError `not_a_workbook`. */
export async function openWorkbook(archive: Archive, limits: ArchiveLimits): Promise<Workbook> {
  const held = limits.heldBytes;
  if (archive.has("EncryptedPackage")) throw passwordFault(archive.name);
  const roots = await relationsOf(archive, "", held);
  const main = [...roots.values()].find(({ type }) => type === "officeDocument");
  if (main === undefined || !archive.has(main.part)) throw notAWorkbook(archive.name);
  if (!/\.xml$/i.test(main.part)) throw notAWorkbook(archive.name);
  const relations = await relationsOf(archive, main.part, held);
  const { sheets, is1904 } = await sheetsOf(archive, main.part, { relations, held });
  const partOf = (type: string) => [...relations.values()].find((one) => one.type === type)?.part;
  const styles = partOf("styles");
  const kinds =
    styles !== undefined && archive.has(styles) ? await kindsOf(archive, styles, held) : [];
  let texts: Promise<readonly string[]> | null = null;
  return {
    sheets,
    is1904,
    kinds,
    sharedTexts() {
      const part = partOf("sharedStrings");
      texts ??= part !== undefined && archive.has(part) ? textsOf(archive, part, held) : none();
      return texts;
    },
  };
}

const none = async (): Promise<readonly string[]> => [];

function notAWorkbook(name: string) {
  return fileFault("not_a_workbook", name, "text or an Excel workbook (.xlsx); it is another ZIP");
}

/** The relations of a part by their id. Their types are cut to the last word of their address. */
async function relationsOf(archive: Archive, part: string, held: number) {
  const folder = posix.dirname(part);
  const file = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!archive.has(file)) return relations;
  await readXml(archive.unpack(file, held), {
    open(name, { Id = "", Type = "", Target = "", TargetMode = "" }) {
      if (name !== "Relationship" || TargetMode === "External") return;
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
      relations.set(Id, { type: posix.basename(Type), part: target });
    },
  });
  return relations;
}

async function sheetsOf(
  archive: Archive,
  part: string,
  { relations, held }: { relations: ReadonlyMap<string, Relation>; held: number },
) {
  const sheets: Sheet[] = [];
  let is1904 = false;
  let root = "";
  await readXml(archive.unpack(part, held), {
    open(name, attributes) {
      root ||= name;
      if (name === "workbookPr") is1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const key = Object.keys(attributes).find((one) => /(^|:)id$/.test(one)) ?? "";
      const relation = relations.get(attributes[key] ?? "");
      // Sheets that are charts or macros have no rows.
      if (relation?.type !== "worksheet" || !archive.has(relation.part)) return;
      sheets.push({ name: attributes.name ?? "", part: relation.part });
    },
  });
  if (root !== "workbook") throw notAWorkbook(archive.name);
  return { sheets, is1904 };
}

/** What numbers are, by the place of the style among the cells' styles. */
async function kindsOf(archive: Archive, part: string, held: number): Promise<NumberKind[]> {
  const own = new Map<string, NumberKind>();
  const kinds: NumberKind[] = [];
  let isInCellStyles = false;
  await readXml(archive.unpack(part, held), {
    open(name, { numFmtId = "0", formatCode = "" }) {
      if (name === "cellXfs") isInCellStyles = true;
      else if (name === "numFmt") own.set(numFmtId, formatKind(formatCode));
      else if (name === "xf" && isInCellStyles) {
        kinds.push(own.get(numFmtId) ?? builtInKind(Number(numFmtId)));
      }
    },
    close(name) {
      if (name === "cellXfs") isInCellStyles = false;
    },
  });
  return kinds;
}

/** Texts that cells share, each as plain text without its marks and its reading aids. */
async function textsOf(archive: Archive, part: string, held: number): Promise<string[]> {
  const texts: string[] = [];
  const rich = richText();
  await readXml(archive.unpack(part, held), {
    open(name) {
      if (name === "si") rich.begin();
      rich.open(name);
    },
    close(name) {
      rich.close(name);
      if (name !== "si") return;
      const text = rich.text();
      if (text.length > LONGEST_ROW_CHARACTERS) {
        const expected = `a text of at most ${LONGEST_ROW_CHARACTERS} characters`;
        const value = `${text.slice(0, 40)}...`;
        throw inputError({ code: "line_too_long", path: "cell", value, expected });
      }
      texts.push(text);
    },
    text: rich.add,
  });
  return texts;
}

/** Puts the runs of a text together. What stands in `rPh` tells how to speak it and is left out. */
export function richText() {
  let text = "";
  let isInText = false;
  let isReadingAid = false;
  return {
    begin() {
      text = "";
    },
    open(name: string) {
      if (name === "rPh") isReadingAid = true;
      if (name === "t") isInText = !isReadingAid;
    },
    close(name: string) {
      if (name === "rPh") isReadingAid = false;
      if (name === "t") isInText = false;
    },
    add(part: string) {
      if (isInText) text += part;
    },
    text: () => unescaped(text),
  };
}

/** `_x000D_` stands for a sign that XML cannot hold. A half of a pair of signs stays as it is. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code >= 0xd800 && code <= 0xdfff ? whole : String.fromCharCode(code);
  });
}
