/**
 * Delimited text and lines: hand-made cases, limits, and the law that it does not matter how the text
 * is cut into pieces.
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnNames, delimitedRows } from "../../src/ingest/delimited.ts";
import { linesOf } from "../../src/ingest/lines.ts";
import { brief, cutAt, faultOf, inPieces } from "./reading.ts";

async function rowsOf(text: string | readonly string[], delimiter: string | null = null) {
  const pieces = typeof text === "string" ? [text] : text;
  const all = {
    header: [] as readonly string[],
    rows: [] as (readonly string[])[],
    lines: [] as number[],
    raws: [] as string[],
    rejects: [] as ReturnType<typeof brief>[],
  };
  for await (const block of delimitedRows(inPieces(...pieces), { delimiter })) {
    all.header = block.header;
    block.rows.forEach((row, index) => {
      all.rows.push(row);
      all.lines.push(block.lines[index] ?? 0);
      all.raws.push(block.raw(index));
    });
    for (const reject of block.rejects) all.rejects.push(brief(reject));
  }
  all.rejects.sort((a, b) => Number(a?.[0]) - Number(b?.[0]));
  return all;
}

describe("rows", () => {
  it("reads quotes, doubled quotes, line ends in cells, and counts lines", async () => {
    const text = 'id,said\r\n1,"a, ""b""\r\nc"\r\n\r\n2,plain\r\n3,"x" \r\n4,5" pipe\r\n';
    expect(await rowsOf(text)).toEqual({
      header: ["id", "said"],
      rows: [
        ["1", 'a, "b"\nc'],
        ["2", "plain"],
        ["3", "x"],
        ["4", '5" pipe'],
      ],
      lines: [2, 5, 6, 7],
      raws: ['1,"a, ""b""\nc"', "2,plain", '3,"x" ', '4,5" pipe'],
      rejects: [],
    });
  });

  it.each([
    [";", "a;b\n1,5;2\n3,5;4\n"],
    ["\t", "a\tb\n1\t2\n"],
    ["|", "a|b\n1|2\n"],
    [",", "a,b\n1,2\n"],
  ])("finds the delimiter %j", async (_, text) => {
    expect((await rowsOf(text)).header).toEqual(["a", "b"]);
  });

  it.each(["a,b\r1,2\r3,4", "a,b\n1,2\n3,4\n", "\n\na,b\r\n1,2\n\n3,4"])(
    "ends lines with LF, CRLF or CR: %j",
    async (text) => {
      expect((await rowsOf(text)).rows).toEqual([
        ["1", "2"],
        ["3", "4"],
      ]);
    },
  );

  it("gives a second column of one name a number", () => {
    expect(columnNames(["Variant", "x", "Variant", " Variant ", ""])).toEqual([
      "Variant",
      "x",
      "Variant_2",
      "Variant_3",
      "column_5",
    ]);
  });

  it("rejects a row with malformed quotes alone, and goes on with the next line", async () => {
    const text = 'a,b\n1,"open\n2,x\n3,"fine"\n4,"bad"quote\n5,y\n6,"never closed\n7,z\n';
    const { rows, lines, rejects } = await rowsOf(text);
    expect(rejects).toEqual([
      [2, "malformed_row", "row", '1,"open'],
      [5, "malformed_row", "row", '4,"bad"quote'],
      [7, "malformed_row", "row", '6,"never closed'],
    ]);
    expect(rows.map(([id]) => id)).toEqual(["2", "3", "5", "7"]);
    expect(lines).toEqual([3, 4, 6, 8]);
  });

  it("takes spaces behind the last quote of the file", async () => {
    expect((await rowsOf('a,b\n1,"x"  ')).rows).toEqual([["1", "x"]]);
  });

  it("rejects a row with another number of cells", async () => {
    const { rows, rejects } = await rowsOf("a,b\n1\n1,2\n1,2,3\n");
    expect(rows).toEqual([["1", "2"]]);
    expect(rejects).toEqual([
      [2, "wrong_columns", "row", "1 columns"],
      [4, "wrong_columns", "row", "3 columns"],
    ]);
  });

  it("refuses nothing but blanks, and a header that is malformed", async () => {
    expect((await faultOf(rowsOf("\n \n".replace(" ", "")))).code).toBe("empty_file");
    expect((await faultOf(rowsOf('a,"b"c\n1,2\n', ","))).code).toBe("malformed_header");
  });
});

describe("limits", () => {
  const mebibyte = "x".repeat(1024 * 1024);

  async function* endless(start: string, piece: string, most: number) {
    yield start;
    for (let count = 0; count < most; count++) yield piece;
    throw new Error("it should have stopped long ago");
  }

  it("refuses a line beyond 1 MiB as soon as it is", async () => {
    const read = async (text: AsyncIterable<string>) => {
      for await (const _ of delimitedRows(text, { delimiter: "," }));
    };
    for (const start of ["a,b\n1,", 'a,b\n"q",2\n1,', 'a,b\n"1']) {
      const fault = await faultOf(read(endless(start, mebibyte.slice(0, 65_536), 20)));
      expect(fault.code).toBe("line_too_long");
      expect(fault.message).toMatch(/^line [23]: invalid row: .*at most 1048576 characters/);
    }
    const lines = async (text: AsyncIterable<string>) => {
      for await (const _ of linesOf(text));
    };
    const fault = await faultOf(lines(endless("first\n", mebibyte, 3)));
    expect([fault.code, fault.faults[0]?.line]).toEqual(["line_too_long", 2]);
  });

  it("takes a cell with many lines, and gives up quotes that run on beyond 1 MiB", async () => {
    const long = `${"line\n".repeat(150_000)}end`;
    expect((await rowsOf(`a,b\n1,"${long}"\n2,x\n`)).rows).toEqual([
      ["1", long],
      ["2", "x"],
    ]);
    const running = `${"0,0\n".repeat(300_000)}`;
    const { rows, rejects } = await rowsOf(`a,b\n1,"open\n${running}2,x\n`);
    expect(rejects).toEqual([[2, "malformed_row", "row", '1,"open']]);
    expect(rows).toHaveLength(300_001);
  });

  it("refuses more than 2,000 columns", async () => {
    const fault = await faultOf(rowsOf(`${"a,".repeat(400_000)}a\n1\n`, ","));
    expect(fault).toMatchObject({ code: "too_many_columns" });
    expect(fault.message).toBe(
      "line 1: invalid columns: 400001, expected a row of at most 2000 columns",
    );
    const later = await faultOf(rowsOf(`a,b\n1,2\n${"a,".repeat(3000)}a\n`));
    expect(later.message).toMatch(/^line 3: invalid columns: 3001/);
  });
});

describe("how the text is cut does not matter", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", " ", "1", "张"), maxLength: 4 }),
    fc
      .string({ unit: fc.constantFrom("a", '""', ",", "\n", "\r\n"), maxLength: 4 })
      .map((text) => `"${text}"`),
    fc.constantFrom('"', 'x"', '"y"z', ""),
  );
  const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(","));
  const file = fc
    .array(fc.tuple(row, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 8 })
    .map((rows) => `h1,h2,h3\n${rows.map((one) => one.join("")).join("")}`);
  const cuts = fc.array(fc.nat(), { maxLength: 6 });

  it("for rows", async () => {
    await fc.assert(
      fc.asyncProperty(file, cuts, async (text, places) => {
        expect(await rowsOf(cutAt(text, places), ",")).toEqual(await rowsOf(text, ","));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  it("for lines", async () => {
    const read = async (pieces: readonly string[]) => {
      const all: [number, string][] = [];
      for await (const { firstLine, lines } of linesOf(inPieces(...pieces))) {
        all.push(...lines.map((line, at): [number, string] => [firstLine + at, line]));
      }
      return all;
    };
    await fc.assert(
      fc.asyncProperty(file, cuts, async (text, places) => {
        // Another way to the same: split by a regular expression, without the empty end.
        const expected = text.split(/\r\n|\n|\r/).map((line, at) => [at + 1, line]);
        if (expected.at(-1)?.[1] === "") expected.pop();
        expect(await read(cutAt(text, places))).toEqual(expected);
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
