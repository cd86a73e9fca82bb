/** An entry of package-lock.json, as far as it matters here. */
export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type Lock = Readonly<Record<string, LockEntry>>;

/** A package that ships. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Folder, from the root of the checkout, that holds its licence: of a build for one platform, that of the package which asks for it. */
  readonly folder: string;
}

/** Everything that a package of the lock file brings with it, however deep, by path. */
export function broughtBy(lock: Lock, root: string): Shipped[] {
  const found = new Map<string, Shipped>();
  const visit = (parent: string): void => {
    const { dependencies, optionalDependencies } = lock[parent]!;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = resolve(lock, parent, name);
      if (found.has(path)) continue;
      found.set(path, shippedAt(lock, path, parent));
      visit(path);
    }
  };
  visit(root);
  return [...found.values()].toSorted((a, b) => (nameAndVersion(a) < nameAndVersion(b) ? -1 : 1));
}

/** A package of the lock file, by its path. */
export function shippedAt(lock: Lock, path: string, parent = ''): Shipped {
  const { version, license, os, cpu } = lock[path]!;
  const ofOnePlatform = os !== undefined || cpu !== undefined;
  const licence = ofOnePlatform ? lock[parent]!.license : license;
  return {
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: version!,
    licence: licence ?? 'none declared',
    folder: ofOnePlatform ? parent : path,
  };
}

export function nameAndVersion({ name, version }: Shipped): string {
  return `${name} ${version}`;
}

/** As Node finds a package: beside whoever asks for it, else further up. */
function resolve(lock: Lock, parent: string, name: string): string {
  for (let folder = parent; ; folder = above(folder)) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (lock[path] !== undefined) return path;
    if (folder === '') throw new Error(`package-lock.json has no ${name}, which ${parent} asks for`);
  }
}

function above(folder: string): string {
  const end = folder.lastIndexOf('/node_modules/');
  return end < 0 ? '' : folder.slice(0, end);
}
