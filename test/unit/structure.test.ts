import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Loaded {
  /** Our own files, from the root of the repository. */
  readonly files: readonly string[];
  /** Packages, by name. */
  readonly packages: readonly string[];
}

/** What an entry point can load: right away, or also later, by `import()`. */
async function loadedBy(entry: string, later: boolean): Promise<Loaded> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: 'nowhere',
    write: false,
    metafile: true,
  });
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import' && !later) continue;
      if (external !== true) waiting.push(path);
      else if (!path.startsWith('node:')) packages.add(path.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1'));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

const inFolder = (files: readonly string[], folder: string) =>
  files.filter((file) => file.startsWith(`src/${folder}/`));

describe('importing the library', () => {
  it('loads no command line, no terminal and no servers, neither now nor later', async () => {
    const { files, packages } = await loadedBy('src/index.ts', true);
    expect(packages).toEqual(['@eslint-community/regexpp', 'zod']);
    for (const folder of ['cli', 'config', 'demo', 'servers', 'sinks/pretty'])
      expect(inFolder(files, folder)).toEqual([]);
    expect(files).not.toContain('src/main.ts');
  });

  it('has nothing but its dependencies to be installed', async () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const { packages } = await loadedBy('src/index.ts', true);
    expect(manifest).toHaveProperty(
      'dependencies',
      expect.objectContaining(Object.fromEntries(packages.map((name) => [name, expect.any(String)]))),
    );
  });
});

describe('starting the command', () => {
  it('loads nothing but the parser of arguments before it knows what it is for', async () => {
    const { files, packages } = await loadedBy('src/main.ts', false);
    expect(packages).toEqual(['commander']);
    for (const file of ['messages/schemas.ts', 'secrets/redactor.ts']) expect(files).not.toContain(`src/${file}`);
    expect(inFolder(files, 'sinks/pretty')).toEqual([]);
  });

  it('starts claude before schemas, rules and colours are loaded', async () => {
    const { files, packages } = await loadedBy('src/run.ts', false);
    expect(packages).toEqual([]);
    expect(files).not.toContain('src/messages/schemas.ts');
    expect(files).not.toContain('src/secrets/redactor.ts');
  });
});
