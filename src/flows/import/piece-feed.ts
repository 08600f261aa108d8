/** Rows in pieces that one may read while they are written, and read again from the start. */

export interface PieceFeed extends AsyncIterable<Buffer> {
  push(piece: Buffer): void;
  /** There will be no more. Readers wait until this is said. */
  end(): void;
  /** Lets go of what was pushed; nobody reads it any more. */
  drop(): void;
}

/** For one reader at a time. */
export function pieceFeed(): PieceFeed {
  let pieces: Buffer[] = [];
  let hasEnded = false;
  let wake = () => {};
  return {
    push: (piece) => {
      pieces.push(piece);
      wake();
    },
    end: () => {
      hasEnded = true;
      wake();
    },
    drop: () => {
      pieces = [];
    },
    async *[Symbol.asyncIterator]() {
      for (let at = 0; ; at++) {
        while (at >= pieces.length) {
          if (hasEnded) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        yield pieces[at] as Buffer;
      }
    },
  };
}
