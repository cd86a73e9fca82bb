import { Readable } from 'node:stream';

/** An answer that is made piece by piece, each when the one before was taken by the connection. */
export class Pieces {
  readonly #pieces: AsyncGenerator<string, void>;

  constructor(pieces: AsyncGenerator<string, void>) {
    this.#pieces = pieces;
  }

  /** The whole text where it is one piece, else a stream of the pieces. */
  async payload(): Promise<string | Readable> {
    const first = await this.#pieces.next();
    if (first.done === true) return '';
    const second = await this.#pieces.next();
    if (second.done === true) return first.value;
    return Readable.from(chain([first.value, second.value], this.#pieces));
  }
}

async function* chain(begun: readonly string[], rest: AsyncGenerator<string, void>): AsyncGenerator<string> {
  yield* begun;
  yield* rest;
}
