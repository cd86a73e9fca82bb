/** The address that a server says on its line «Serving at http://…». @throws Error where it ends without one */
export async function printedUrl(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const found = /^Serving at (http:\/\/[^\s;]+)/.exec(line);
    if (found !== null) return found[1]!;
  }
  throw new Error('the server ended before it served');
}
