import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escaped, table } from '../reference/markdown.js';
import { broughtBy, type Lock, nameAndVersion, type Shipped, shippedAt } from './packages.js';

/** Tools of which a piece gets into what they make: the standard library of the kernels' compiler, the loader of the dashboard's bundler. */
const BUILT_IN = ['node_modules/assemblyscript', 'node_modules/rolldown', 'node_modules/vite'];

/** THIRD-PARTY-NOTICES.md: every package that ships, from the lock file, with its licence as the package holds it. */
export function noticesPage(root: string): string {
  const lock = (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock })
    .packages;
  const installed = broughtBy(lock, '');
  const bundled = [...broughtBy(lock, 'web'), ...BUILT_IN.map((path) => shippedAt(lock, path))];
  return [
    '# Third-party notices',
    '',
    '<!-- Made by npm run notices from package-lock.json and the packages themselves. -->',
    '',
    'Segue is under the [Apache License 2.0](LICENSE). It comes with the works below, each under its own licence; their texts follow.',
    '',
    '## What npm installs beside it',
    '',
    ...packageTable(installed),
    '',
    'DuckDB’s library (`@duckdb/node-bindings-*`) holds further works, which its own source names under `third_party/`.',
    '',
    '## What its own files contain',
    '',
    'The dashboard (`web/dist`) is bundled from these, the kernels (`dist/kernels`) are compiled with the first one’s library:',
    '',
    ...packageTable(bundled),
    '',
    'The client of Spark Connect (`dist/engine/spark/proto`) is made of Apache Spark’s protocol and of `google/rpc/error_details.proto` of Google’s common protos, both under the Apache License 2.0. Apache Spark’s notice:',
    '',
    '````text',
    readFileSync(join(root, 'scripts/spark-proto/NOTICE'), 'utf8').trim(),
    '````',
    '',
    '## Texts',
    ...textsOf(root, [...installed, ...bundled]),
    '',
  ].join('\n');
}

function packageTable(packages: readonly Shipped[]): string[] {
  const sorted = packages.toSorted((a, b) => (nameAndVersion(a) < nameAndVersion(b) ? -1 : 1));
  return table(
    ['package', 'version', 'licence'],
    sorted.map(({ name, version, licence }) => [`\`${name}\``, version, escaped(licence)]),
  );
}

/** Each text once, under the packages that it is of. */
function textsOf(root: string, packages: readonly Shipped[]): string[] {
  const users = new Map<string, string[]>();
  const without: string[] = [];
  for (const one of packages) {
    const texts = licencesIn(join(root, one.folder));
    if (texts.length === 0) without.push(`\`${nameAndVersion(one)}\` (${one.licence})`);
    for (const text of texts) users.set(text, [...(users.get(text) ?? []), `\`${nameAndVersion(one)}\``]);
  }
  return [
    ...[...users].flatMap(([text, names]) => [
      '',
      `${[...new Set(names)].join(', ')}:`,
      '',
      '````text',
      text,
      '````',
    ]),
    '',
    `Of ${without.join(', ')} the package holds no text; those under Apache-2.0 are under the one in [LICENSE](LICENSE).`,
  ];
}

/**
 * Licence and notice of a package, without blanks at the ends of lines. Bundlers' files go on with the works that they bundle for themselves,
 * none of which gets into what they make.
 */
function licencesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)(\.(md|txt)|-\w+)?$/i.test(name))
    .toSorted()
    .map((name) =>
      readFileSync(join(folder, name), 'utf8')
        .replaceAll(/[ \t]*\r?\n/g, '\n')
        .split('\n# Licenses of bundled dependencies')[0]!
        .trim(),
    );
}
