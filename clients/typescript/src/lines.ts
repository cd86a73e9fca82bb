/** Bytes that are sent at once: a line alone would cost a write of its own. */
const CHUNK = 65_536;

/** NDJSON of what comes, made no faster than it is read. @param signal ends the source: `fetch` does not, once it is answered */
export function linesOf(
  items: Iterable<unknown> | AsyncIterable<unknown>,
  signal: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const end = async (): Promise<void> => void (await iterator.return?.());
  signal.addEventListener('abort', () => void end().catch(() => {}), { once: true }); // the call has ended already
  return new ReadableStream({
    async pull(controller) {
      await eventLoop(); // a source that never waits would let nothing else happen, the end of the call included
      let text = '';
      while (text.length < CHUNK) {
        const next: IteratorResult<unknown, unknown> = await iterator.next();
        if (next.done === true) {
          if (text !== '') controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += `${JSON.stringify(next.value)}\n`;
      }
      controller.enqueue(encoder.encode(text));
    },
    cancel: end,
  });
}

function eventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** The values of NDJSON, as they come. */
export async function* readLines<Value>(
  bytes: ReadableStream<Uint8Array>,
): AsyncGenerator<Value, void, void> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  try {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as Value;
      if (done) break;
    }
    if (rest !== '') yield JSON.parse(rest) as Value;
  } finally {
    await reader.cancel();
  }
}
