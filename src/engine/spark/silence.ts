import { Code, ConnectError } from '@connectrpc/connect';

/**
 * A stream that fails if nothing comes for a while: a peer whose machine is gone says nothing, and no one else tells of it. Time that the
 * caller takes between two answers doesn't count.
 *
 * @param open begins the stream, which must end with its signal
 * @param onSilence called before it fails
 * @param signal ends it likewise
 * @throws ConnectError Unavailable after `silenceMs` without a word
 */
export async function* endedBySilence<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  silenceMs: number,
  onSilence: () => void,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const stream = open(ending.signal)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withinTime(stream.next(), silenceMs);
      if (next === 'silence') {
        onSilence();
        throw new ConnectError(`nothing was heard for ${silenceMs} ms`, Code.Unavailable);
      }
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

async function withinTime<T>(work: Promise<T>, ms: number): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // a work that is given up may fail later
  }
}
