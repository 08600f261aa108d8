/**
 * The values of a Parquet column to text, by the column's type. What stands in the file arrives here
 * unchanged (`RAW_VALUES`, `withRawDecimals`), since the library would make floats of decimals and cut
 * times to milliseconds of a Date.
 */

import type { FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";
import {
  bytesText,
  clockText,
  dayText,
  decimalText,
  isoText,
  numberText,
  singleText,
  utf8Text,
  wholeMs,
} from "./cell-text.ts";
import type { CellText, TypedColumn, Unfit } from "./row-blocks.ts";

/** Times stay the whole numbers they are; texts must be UTF-8. */
export const RAW_VALUES: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => value,
  timestampFromMicroseconds: (value) => value,
  timestampFromNanoseconds: (value) => value,
  dateFromDays: (value) => value,
  stringFromBytes: strictText,
  jsonFromBytes: strictText,
};

function strictText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes === null) return undefined;
  const text = utf8Text(bytes);
  if (text === null) throw new Error("a text that is no UTF-8");
  return text;
}

/** The schema with decimals as plain whole numbers or bytes. */
export function withRawDecimals(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (!isDecimal(element)) return element;
    const { converted_type: _, logical_type: __, ...raw } = element;
    return raw;
  });
  return { ...metadata, schema };
}

function isDecimal(element: SchemaElement): boolean {
  return element.converted_type === "DECIMAL" || element.logical_type?.type === "DECIMAL";
}

export function parquetColumn(element: SchemaElement): TypedColumn | Unfit {
  const text = parquetCell(element);
  // Doubles are the only numbers here that may stand for others.
  const isDouble = element.type === "DOUBLE";
  return text === null ? "unsupported_column" : { name: element.name, text, isDouble };
}

/** Null for a type that has no text: an interval, BSON, a shape on the earth. */
function parquetCell(element: SchemaElement): CellText | null {
  const { type, converted_type: converted, logical_type: logical } = element;
  const refused = ["INTERVAL", "BSON", "GEOMETRY", "GEOGRAPHY", "VARIANT"];
  if (refused.includes(converted ?? "") || refused.includes(logical?.type ?? "")) return null;
  if (isDecimal(element)) {
    const scale = logical?.type === "DECIMAL" ? logical.scale : (element.scale ?? 0);
    return given((value) => decimalText(unscaled(value), scale));
  }
  if (converted === "DATE" || logical?.type === "DATE")
    return given((days) => dayText(Number(days)));
  const time = timeCell(element);
  if (time !== null) return given(time);
  if (type === "FLOAT") return given((value) => singleText(Number(value)));
  if (type === "DOUBLE" || logical?.type === "FLOAT16") {
    return given((value) => numberText(Number(value)));
  }
  return given((value) => (value instanceof Uint8Array ? bytesText(value) : String(value)));
}

function given(text: CellText): CellText {
  return (value) => (value === null || value === undefined ? "" : text(value));
}

const PER_MS = { MILLIS: 1n, MICROS: 1000n, NANOS: 1_000_000n };

/** INT96 says no zone: a wall time. The old converted types are instants by definition. */
function timeCell({ type, converted_type: converted, logical_type: logical }: SchemaElement) {
  const timestamp = (unit: keyof typeof PER_MS, isInstant: boolean) => (value: unknown) =>
    isoText(wholeMs(BigInt(value as bigint), PER_MS[unit]), isInstant);
  const clock = (unit: keyof typeof PER_MS) => (value: unknown) =>
    clockText(wholeMs(BigInt(value as bigint), PER_MS[unit]));
  if (logical?.type === "TIMESTAMP") return timestamp(logical.unit, logical.isAdjustedToUTC);
  if (logical?.type === "TIME") return clock(logical.unit);
  if (converted === "TIMESTAMP_MILLIS") return timestamp("MILLIS", true);
  if (converted === "TIMESTAMP_MICROS") return timestamp("MICROS", true);
  if (converted === "TIME_MILLIS") return clock("MILLIS");
  if (converted === "TIME_MICROS") return clock("MICROS");
  return type === "INT96" ? timestamp("NANOS", false) : null;
}

/** A whole number, or bytes of one in two's complement, the highest first. */
function unscaled(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as bigint);
  if (value.length === 0) return 0n;
  const whole = BigInt(`0x${Buffer.from(value).toString("hex")}`);
  return BigInt.asIntN(value.length * 8, whole);
}
