// Compiles src/kernels/assembly/ to WebAssembly and writes it, as text that any bundler and any runtime can load, to a module beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels = fileURLToPath(new URL('../src/kernels/', import.meta.url));
const target = `${kernels}wasm.gen.ts`;

let binary;
const { error, stderr } = await main(
  [
    'src/kernels/assembly/index.ts',
    '--outFile=kernels.wasm',
    '-O3',
    '--noAssert',
    '--enable=simd,threads',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory=1',
    '--maximumMemory=65536',
    '--runtime=stub',
    '--use=abort=',
  ],
  {
    readFile: (name, base) => {
      try {
        return readFileSync(`${root}${base === '.' ? '' : `${base}/`}${name}`, 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_, content) => {
      binary = content;
    },
    listFiles: () => [],
  },
);
if (error !== null || binary === undefined) {
  process.stderr.write(stderr.toString());
  throw error ?? new Error('the AssemblyScript compiler wrote nothing');
}
const text = Buffer.from(binary).toString('base64');
writeFileSync(
  target,
  `// Generated from assembly/ by scripts/build-kernels.mjs; not edited and not committed.\nexport const WASM =\n  '${text}';\n`,
);
