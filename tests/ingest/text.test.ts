/**
 * Files as text: encodings, compression, and everything that is no text. Expected bytes are written
 * here by hand or by Buffer and zlib, never by the code under test.
 */

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type OpenedText, openText } from "../../src/ingest/text.ts";
import { faultOf, temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
/** "张伟,贷款" in GB18030, from the code table: 张 D5C5, 伟 CEB0, 贷 B4FB, 款 BFEE. */
const CHINESE_GB = Buffer.from("d5c5ceb02cb4fbbfee", "hex");
const CHINESE = "张伟,贷款";

async function read(opened: OpenedText): Promise<string> {
  let text = "";
  for await (const piece of opened.text) text += piece;
  return text;
}

async function readAll(content: string | Buffer, encoding?: string) {
  const opened = await openText(await temporary("log.csv", content), { encoding });
  const text = await read(opened);
  return { text, encoding: opened.encoding, compressed: opened.compressed };
}

function utf16(text: string, swap: boolean): Buffer {
  const bytes = Buffer.from(text, "utf16le");
  return swap ? bytes.swap16() : bytes;
}

describe("encodings", () => {
  it("reads UTF-8, with and without a byte order mark", async () => {
    expect(await readAll(`a\n${CHINESE}\n`)).toMatchObject({
      text: `a\n${CHINESE}\n`,
      encoding: "utf-8",
    });
    expect((await readAll(`\ufeffa\n${CHINESE}`)).text).toBe(`a\n${CHINESE}`);
  });

  it.each([
    ["utf-16le", false, "\ufeff"],
    ["utf-16be", true, "\ufeff"],
    ["utf-16le", false, ""],
    ["utf-16be", true, ""],
  ] as const)("reads %s (swapped %s, mark %j)", async (encoding, swap, mark) => {
    const text = `id,agent\n${"1,Anna\n".repeat(100_000)}2,李`;
    expect(await readAll(utf16(mark + text, swap))).toMatchObject({ text, encoding });
  });

  it("reads GB18030 and says so, also when it begins late", async () => {
    expect(await readAll(CHINESE_GB)).toMatchObject({ text: CHINESE, encoding: "gb18030" });
    const late = Buffer.concat([Buffer.from("id,agent\n".repeat(100_000)), CHINESE_GB]);
    const found = await readAll(late);
    expect(found.encoding).toBe("gb18030");
    expect(found.text.endsWith(`id,agent\n${CHINESE}`)).toBe(true);
  });

  it("does not take western one-byte text for Chinese", async () => {
    const latin = Buffer.from("Name\nAndré\nJosé Núñez\nMüller\n", "latin1");
    const fault = await faultOf(readAll(latin));
    expect(fault.code).toBe("unknown_encoding");
    expect(fault.message).toMatch(/log\.csv, expected .*--encoding/);
    expect((await readAll(latin, "windows-1252")).text).toBe("Name\nAndré\nJosé Núñez\nMüller\n");
  });

  it("does not mix two encodings in one file", async () => {
    const mixed = Buffer.concat([Buffer.from(`${CHINESE}\n`), CHINESE_GB]);
    expect((await faultOf(readAll(mixed))).code).toBe("unknown_encoding");
  });

  it("takes the encoding it is told, strictly", async () => {
    expect((await readAll(CHINESE_GB, "GBK")).text).toBe(CHINESE);
    expect((await faultOf(readAll(CHINESE_GB, "utf-8"))).message).toMatch(/text in utf-8/);
    expect((await faultOf(readAll("a", "klingon"))).message).toMatch(/invalid encoding: klingon/);
  });
});

describe("compression", () => {
  const rows = Array.from({ length: 200_000 }, (_, at) => `row ${at},${at * 7919}\n`);
  const packed = gzipSync(rows.join(""));

  it("is told by the bytes, not by the name", async () => {
    expect(await readAll(packed)).toMatchObject({ text: rows.join(""), compressed: true });
    expect(await readAll("plain")).toMatchObject({ text: "plain", compressed: false });
  });

  it("reads several members in one file", async () => {
    expect((await readAll(Buffer.concat([gzipSync("a\n"), gzipSync("b\n")]))).text).toBe("a\nb\n");
  });

  it.each([0.3, 0.7, 0.999])("gives whole lines up to a cut at %d, then says so", async (part) => {
    const file = await temporary("log.gz", packed.subarray(0, Math.floor(packed.length * part)));
    const opened = await openText(file);
    let text = "";
    const fault = await faultOf(
      (async () => {
        for await (const piece of opened.text) text += piece;
      })(),
    );
    expect(fault.code).toBe("truncated_gzip");
    expect(fault.message).toContain("log.gz");
    expect(rows.join("").startsWith(text)).toBe(true);
    expect(text.endsWith("\n")).toBe(true);
    // Nothing but the last, unended line and what the cut took may be missing.
    expect(text.length).toBeGreaterThan(rows.join("").length * part * 0.8);
  });

  it("says so when the middle is damaged", async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 600_000, 600_064);
    expect((await faultOf(readAll(damaged))).code).toBe("truncated_gzip");
  });

  it("refuses a binary and nothing inside", async () => {
    expect((await faultOf(readAll(gzipSync(Buffer.from([1, 0, 2, 0, 0]))))).code).toBe(
      "binary_file",
    );
    expect((await faultOf(readAll(gzipSync("")))).code).toBe("empty_file");
  });
});

describe("what is no text", () => {
  it.each([
    ["89504e470d0a1a0a0000000d", "a PNG image"],
    ["504b0304140000000800", "a ZIP archive"],
    ["255044462d312e370a", "a PDF document"],
    ["d0cf11e0a1b11ae1", "an old Office document"],
    ["5041523115041500", "a Parquet file"],
    ["61620063640a", "a binary"],
  ])("%s is refused as %s", async (hex, kind) => {
    const fault = await faultOf(readAll(Buffer.from(hex, "hex")));
    expect(fault.code).toBe("binary_file");
    expect(fault.message).toContain(`log.csv, expected text; it looks like ${kind}`);
  });

  it("names an Excel workbook", async () => {
    const content = Buffer.concat([Buffer.from("PK\u0003\u0004...."), Buffer.from("xl/workbook")]);
    expect((await faultOf(readAll(content))).message).toContain("an Excel workbook (.xlsx)");
  });

  it("refuses zero bytes that come late", async () => {
    expect((await faultOf(readAll(`${"a,b\n".repeat(200_000)}\0`))).code).toBe("binary_file");
  });

  it("refuses nothing, no file and a folder", async () => {
    expect((await faultOf(readAll(""))).code).toBe("empty_file");
    const file = await temporary("there.csv", "x");
    expect((await faultOf(openText(`${file}.not`))).code).toBe("file_not_found");
    const folder = join(dirname(file), "folder");
    await mkdir(folder);
    expect((await faultOf(openText(folder))).code).toBe("not_a_file");
  });
});

it("tells how many bytes were read", async () => {
  const seen: number[] = [];
  const content = "0123456789\n".repeat(100_000);
  const onBytes = (bytes: number) => seen.push(bytes);
  await read(await openText(await temporary("log.csv", content), { onBytes }));
  expect(seen.at(-1)).toBe(content.length);
  expect(seen.length).toBeGreaterThan(2);
});
