/**
 * XML in pieces to events, for the parts of a workbook. Names come without their prefix. A document type
 * is refused, so there are no entities of the document's own.
 */

import { SaxesParser } from "saxes";

/** No tag and no text between two tags of a workbook is as long as this. */
const LONGEST_BETWEEN_TAGS = 4 * 1024 * 1024;

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Gives control back after each piece, when its events have been told. */
export async function* xmlPieces(
  pieces: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let sinceTag = 0;
  let failure: Error | null = null;
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.on("doctype", () => {
    failure ??= new Error("a document type in the XML");
  });
  parser.on("opentag", (tag) => {
    sinceTag = 0;
    handlers.open(localName(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag) => {
    sinceTag = 0;
    handlers.close?.(localName(tag.name));
  });
  if (handlers.text !== undefined) parser.on("text", (text) => handlers.text?.(text));
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    sinceTag += text.length;
    parser.write(text);
    if (sinceTag > LONGEST_BETWEEN_TAGS) throw new Error("a text too long in the XML");
    if (failure !== null) throw failure;
    yield;
  }
  parser.write(decoder.decode());
  parser.close();
  if (failure !== null) throw failure;
}

/** Reads a whole part. */
export async function readXml(
  pieces: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): Promise<void> {
  for await (const _ of xmlPieces(pieces, handlers));
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}
