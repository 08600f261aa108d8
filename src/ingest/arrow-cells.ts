/**
 * The values of an Arrow column to text, by the column's type.
 */

import { DataType, type Field, Precision, TimeUnit } from "apache-arrow";
import {
  bytesText,
  clockText,
  decimalText,
  isoText,
  numberText,
  singleText,
  wholeMs,
} from "./cell-text.ts";
import type { CellText, TypedColumn, Unfit } from "./row-blocks.ts";

export function arrowColumn({ name, type }: Field): TypedColumn | Unfit {
  const held: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (isNested(held)) return "nested_column";
  const text = cellOf(held);
  if (text === null) return "unsupported_column";
  const isDouble = DataType.isFloat(held) && held.precision === Precision.DOUBLE;
  return {
    name,
    isDouble,
    text: (value) => (value === null || value === undefined ? "" : text(value)),
  };
}

function isNested(type: DataType): boolean {
  return [
    DataType.isList,
    DataType.isLargeList,
    DataType.isFixedSizeList,
    DataType.isStruct,
    DataType.isMap,
    DataType.isUnion,
  ].some((is) => is(type));
}

function cellOf(type: DataType): CellText | null {
  if (DataType.isNull(type)) return () => "";
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return String;
  if (DataType.isInt(type) || DataType.isBool(type) || DataType.isDuration(type)) return String;
  if (DataType.isFloat(type)) {
    const text = type.precision === Precision.SINGLE ? singleText : numberText;
    return (value) => text(Number(value));
  }
  if (DataType.isDecimal(type)) {
    const { scale } = type;
    return (value) => decimalText(unscaled(value as Uint32Array), scale);
  }
  // The library gives milliseconds, with a fraction where the unit is finer.
  if (DataType.isDate(type)) return (value) => isoText(Number(value), false);
  if (DataType.isTimestamp(type)) {
    const isInstant = Boolean(type.timezone);
    return (value) => isoText(Math.floor(Number(value)), isInstant);
  }
  if (DataType.isTime(type)) return clockCell(type.unit);
  const isBytes = [DataType.isBinary, DataType.isLargeBinary, DataType.isFixedSizeBinary];
  if (isBytes.some((is) => is(type))) return (value) => bytesText(value as Uint8Array);
  return null;
}

function clockCell(unit: TimeUnit): CellText {
  const perMs = unit === TimeUnit.NANOSECOND ? 1_000_000n : 1000n;
  if (unit === TimeUnit.SECOND) return (value) => clockText(Number(value) * 1000);
  if (unit === TimeUnit.MILLISECOND) return (value) => clockText(Number(value));
  return (value) => clockText(wholeMs(BigInt(value as bigint), perMs));
}

/** Words of 32 bits in two's complement, the lowest first. */
function unscaled(words: Uint32Array): bigint {
  let whole = 0n;
  for (let at = words.length - 1; at >= 0; at--) whole = (whole << 32n) | BigInt(words[at] ?? 0);
  return BigInt.asIntN(words.length * 32, whole);
}
