/** Pages of rows made one file: CSV without the heads in between, Arrow without the schemas. */

/** CSV pages of one contract have one head line each, the same. */
export function joinCsv(pages: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer>[] {
  const newline = 10;
  return pages.map((page, place) => (place === 0 ? page : page.slice(page.indexOf(newline) + 1)));
}

/** A message of an Arrow stream begins with this word, then the length of its description. */
const CONTINUATION = 0xffffffff;
const PREFIX = 8;

/** Bytes of the schema, which is the first message and has no body. */
function schemaLength(page: Uint8Array): number {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  if (view.getUint32(0, true) !== CONTINUATION) return 0;
  return PREFIX + view.getUint32(4, true);
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);

/**
 * Arrow streams of one schema as one stream: a schema, the batches of all, one end. Null where the
 * schemas differ, such as when a column has no value on one page and so no type of its own.
 */
export function joinArrow(
  pages: readonly Uint8Array<ArrayBuffer>[],
): Uint8Array<ArrayBuffer>[] | null {
  const first = pages[0];
  if (first === undefined || pages.length === 1) return [...pages];
  const length = schemaLength(first);
  const schema = first.subarray(0, length);
  const parts: Uint8Array<ArrayBuffer>[] = [schema];
  for (const [place, page] of pages.entries()) {
    if (length === 0 || !sameBytes(schema, page.subarray(0, length))) return null;
    const last = place === pages.length - 1;
    parts.push(page.subarray(length, last ? page.length : page.length - PREFIX));
  }
  return parts;
}
