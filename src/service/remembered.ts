/** Asks once for each version: remembers the answer for the one that was asked for last; a refusal is not remembered. */
export function remembered<T>(ask: (version: string) => Promise<T>): (version: string) => Promise<T> {
  let known: { readonly version: string; readonly answer: Promise<T> } | undefined;
  return (version) => {
    if (known?.version === version) return known.answer;
    const asked = { version, answer: ask(version) };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.answer;
  };
}
