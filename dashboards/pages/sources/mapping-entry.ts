/** The part of a mapping that a field is read by, taken out for editing and put back. */

export type Mapping = Readonly<Record<string, unknown>>;

/** Where in a mapping the rule of a field stands; an empty path is the mapping itself. */
export type EntryPath = readonly string[];

const isObject = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is read beside the fields of a contact, by the name that rejects give it. */
const BESIDE: Readonly<Record<string, EntryPath>> = {
  score: ["survey", "score"],
  resolved: ["resolvedOutcome", "flag"],
  time: ["dateFormats"],
};

const at = (mapping: unknown, path: EntryPath): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), mapping);

/** The entry of a field; the whole mapping where it has none of its own. */
export function entryOf(mapping: unknown, field: string): EntryPath {
  const own = ["fields", field];
  if (at(mapping, own) !== undefined) return own;
  const beside = BESIDE[field];
  return beside !== undefined && at(mapping, beside) !== undefined ? beside : [];
}

export const textOfEntry = (mapping: unknown, path: EntryPath): string =>
  JSON.stringify(at(mapping, path), null, 2);

/** The mapping with another entry in that place; null where the text is no JSON or no mapping. */
export function withEntry(mapping: unknown, path: EntryPath, text: string): Mapping | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const changed = put(mapping, path, value);
  return isObject(changed) ? changed : null;
}

function put(into: unknown, path: EntryPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const known = isObject(into) ? into : {};
  return { ...known, [key]: put(known[key], rest, value) };
}
