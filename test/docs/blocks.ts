import { readPage } from './files.js';

/** An `sh` block of a page, or a `diff` that a reader applies. */
export interface Block {
  /** One a line, without their comments. */
  readonly commands: readonly string[];
  /** Lines of the `output` block that follows; `…` stands for anything. */
  readonly output: readonly string[];
}

/** What a page takes for granted, from a comment such as `<!-- test: first npx segue run … -->` that readers don't see. */
export interface Premise {
  /** An empty one; a copy of the checkout; or, unless said, one with a catalogue, a model in production, a key and a server. */
  readonly folder: 'empty' | 'checkout' | 'served';
  /** Whether its commands need a Spark Connect server: the Spark suite runs them. */
  readonly spark: boolean;
  /** Run before the page's own commands. */
  readonly first: readonly string[];
}

/** The `sh` blocks of a page, with the output that it shows for them. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  for (const [, language, text] of readPage(page).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (language === 'diff') blocks.push({ commands: [`git apply <<'END'\n${text}END`], output: [] });
    if (language === 'sh') blocks.push({ commands: commandsIn(text!), output: [] });
    const last = blocks.at(-1);
    if (language === 'output' && last !== undefined)
      blocks[blocks.length - 1] = { ...last, output: text!.trimEnd().split('\n') };
  }
  return blocks;
}

export function commandsOf(page: string): string[] {
  return blocksOf(page).flatMap(({ commands }) => commands);
}

export function premiseOf(page: string): Premise {
  const said = [...readPage(page).matchAll(/^<!-- test: (.+) -->$/gm)].map((match) => match[1]!);
  return {
    folder: said.includes('empty folder') ? 'empty' : said.includes('checkout') ? 'checkout' : 'served',
    spark: said.includes('Spark'),
    first: said.filter((one) => one.startsWith('first ')).map((one) => one.slice('first '.length)),
  };
}

/** Whether a line that a page shows is one that was printed. */
export function shows(line: string, printed: string): boolean {
  const parts = line.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(printed);
}

function commandsIn(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
