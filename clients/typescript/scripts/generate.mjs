import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);
const TYPES = new URL('../src/schema.ts', import.meta.url);
const HEAD = '// Made from docs/openapi.json by «npm run generate»; changes by hand are lost.\n\n';

/** Texts that may grow: those that are known, for the editor to offer, or any other. */
function extensible(schema) {
  const known = schema['x-extensible-enum'];
  if (known === undefined) return undefined;
  const string = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const other = ts.factory.createIntersectionTypeNode([string, ts.factory.createTypeLiteralNode([])]);
  const texts = known.map((text) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(text)));
  return ts.factory.createUnionTypeNode([...texts, other]);
}

const document = JSON.parse(await readFile(DOCUMENT, 'utf8'));
const types = HEAD + astToString(await openapiTS(document, { transform: extensible }));
if (process.argv.includes('--check')) {
  if (types === (await readFile(TYPES, 'utf8'))) process.exit(0);
  process.stderr.write(
    'src/schema.ts is not what docs/openapi.json says: run «npm run generate -w clients/typescript».\n',
  );
  process.exit(1);
}
await writeFile(TYPES, types);
