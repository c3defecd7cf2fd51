import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SRC = join(ROOT, 'src');

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
    loader: { '.md': 'text' },
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
      else if (!path.startsWith('node:')) packages.add(packageOf(path));
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

/** The package that a module is of. */
function packageOf(module: string): string {
  return module.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1');
}

const inFolder = (files: readonly string[], folder: string) =>
  files.filter((file) => file.startsWith(`src/${folder}/`));

describe('importing the library', () => {
  it('loads no command line and no servers, neither now nor later', async () => {
    const { files } = await loadedBy('src/index.ts', true);
    for (const folder of ['cli', 'config', 'demo', 'runs', 'servers']) expect(inFolder(files, folder)).toEqual([]);
    expect(files).not.toContain('src/main.ts');
  });

  it('loads nothing that draws', async () => {
    const { files, packages } = await loadedBy('src/index.ts', false);
    expect(packages).toEqual(['zod']);
    expect(inFolder(files, 'sinks/pretty')).toEqual([]);
  });

  it('has nothing but its dependencies to be installed', async () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    const { LIBRARY }: { readonly LIBRARY: BuildOptions } = await import(`${ROOT}esbuild.options.js`);
    const { metafile } = await build({ ...LIBRARY, absWorkingDir: ROOT, write: false, metafile: true });
    const imports = Object.values(metafile.outputs).flatMap((output) =>
      output.imports.filter(({ external }) => external),
    );
    const packages = imports.flatMap(({ path }) => (isBuiltin(path) ? [] : [packageOf(path)]));
    expect([...new Set(packages)].toSorted()).toEqual(['@eslint-community/regexpp', 'zod']);
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
    for (const file of ['messages/schemas.ts', 'secrets/redactor.ts', 'sinks/pretty/pretty.ts'])
      expect(files).not.toContain(`src/${file}`);
    for (const folder of ['help', 'runs', 'sinks/pretty/markdown']) expect(inFolder(files, folder)).toEqual([]);
  });

  it('starts claude before schemas, rules and colours are loaded', async () => {
    const { files, packages } = await loadedBy('src/run.ts', false);
    expect(packages).toEqual([]);
    expect(files).not.toContain('src/messages/schemas.ts');
    expect(files).not.toContain('src/secrets/redactor.ts');
  });
});

interface Room {
  /** Rooms whose files its files may import. */
  readonly rooms: string;
  /** Packages that it may import, and modules of node's that few may. */
  readonly packages?: string;
}

/** What a file beside src is called. */
const PACKAGE_JSON = '..';

/**
 * The law of imports: a room is a folder of src, a file beside them, or a file in a room that others may know though they
 * stand above the rest of it. What stands in no row is closed, and rows only name rooms that stand above them, so that
 * imports point one way and never in circles. Who may import from a room may do so from all of it.
 */
const ROOMS: Readonly<Record<string, Room>> = {
  version: { rooms: '', packages: PACKAGE_JSON },
  limits: { rooms: '' },
  nearest: { rooms: '' },
  'is-record': { rooms: '' },
  'parsed-json': { rooms: '' },
  'shell-word': { rooms: '' },
  shorten: { rooms: '' },
  errors: { rooms: '' },
  system: { rooms: 'errors limits' },
  'redis-connection': { rooms: 'errors system', packages: 'ioredis' },
  'outcome/classes': { rooms: '' },
  'outcome/report-schema': { rooms: 'outcome/classes', packages: 'zod' },
  messages: { rooms: 'is-record nearest outcome/report-schema', packages: 'zod' },
  outcome: { rooms: 'errors is-record messages shell-word shorten', packages: 'zod' },
  quotas: { rooms: 'outcome system' },
  secrets: { rooms: 'errors', packages: '@eslint-community/regexpp' },
  request: { rooms: 'errors is-record limits messages nearest outcome parsed-json quotas system' },
  prompt: { rooms: 'errors limits request secrets shell-word shorten system' },
  claude: {
    rooms: 'errors is-record messages nearest outcome parsed-json request shell-word system',
    packages: 'ajv execa node:child_process',
  },
  stream: { rooms: 'errors is-record limits messages outcome parsed-json secrets system' },
  retry: { rooms: 'messages outcome' },
  sinks: {
    rooms: 'errors is-record messages outcome request shorten system',
    packages: 'chalk marked ora string-width wrap-ansi',
  },
  explain: { rooms: 'messages outcome sinks' },
  filter: { rooms: 'secrets sinks system' },
  run: { rooms: 'claude errors is-record limits messages outcome prompt request retry secrets sinks stream system' },
  replay: { rooms: 'errors outcome request run sinks stream system' },
  runs: {
    rooms:
      'errors is-record messages outcome parsed-json quotas redis-connection request run secrets sinks stream system',
    packages: 'ioredis libsql node:sqlite zod',
  },
  index: { rooms: 'errors messages outcome replay request run secrets sinks stream' },
  client: { rooms: 'messages outcome' },
  page: { rooms: 'client explain is-record messages outcome shorten sinks', packages: 'marked preact' },
  'html-report': { rooms: 'messages page sinks' },
  demo: { rooms: 'parsed-json' },
  help: { rooms: 'version', packages: 'execa marked' },
  servers: {
    rooms:
      'claude errors is-record limits messages nearest outcome page parsed-json prompt quotas request run runs secrets shorten sinks stream system version',
    packages: '@modelcontextprotocol/server fastify jose pino pino-pretty prom-client zod',
  },
  batch: {
    rooms: 'errors is-record messages outcome parsed-json redis-connection request run shorten sinks system',
    packages: 'bullmq csv-parse execa ioredis tinyglobby',
  },
  remote: {
    rooms: 'claude client errors outcome prompt request run secrets servers sinks stream system',
    packages: 'undici',
  },
  testing: { rooms: 'client messages replay request run runs servers sinks stream' },
  config: { rooms: 'claude errors nearest outcome/classes parsed-json request secrets system', packages: 'yaml' },
  doctor: {
    rooms: 'claude errors is-record messages outcome/classes parsed-json request run servers shell-word sinks system',
  },
  templates: { rooms: 'config errors is-record nearest prompt request system', packages: 'yaml' },
  cli: {
    rooms:
      'batch claude client config demo doctor errors explain filter help html-report nearest outcome page prompt quotas redis-connection remote replay request run runs secrets servers shorten sinks stream system templates testing version',
    packages: 'commander',
  },
  main: { rooms: 'cli config errors outcome/classes secrets sinks version', packages: 'commander' },
  command: { rooms: 'cli main' },
};

/** Modules of node's that are not for everybody. */
const GUARDED = ['node:child_process', 'node:sqlite'];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Every import of every file, types and lazy ones too: rooms by name, packages by theirs. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8');
  const name = relative(SRC, file);
  return [
    ...text.matchAll(/^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm),
  ].map(([, from, lazily, bare]) => {
    const target = from ?? lazily ?? bare ?? '';
    const to = target.startsWith('.')
      ? roomOf(relative(SRC, join(dirname(file), target)))
      : target.startsWith('node:')
        ? target
        : (/^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    return { file: name, from: roomOf(name), to };
  });
}

function roomOf(path: string): string {
  const name = path.replace(/\.tsx?$/, '');
  return Object.hasOwn(ROOMS, name) ? name : (name.split('/')[0] ?? name);
}

/** Whether what is in one room is in the other. */
const isIn = (one: string, other: string): boolean => one === other || one.startsWith(`${other}/`);

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const IMPORTS = FILES.flatMap((name) => importsOf(join(SRC, name)));

const wordsOf = (text = ''): readonly string[] => text.split(' ').filter((word) => word !== '');

describe('the rooms of src', () => {
  it('each have a row', () => {
    expect([...new Set(FILES.map(roomOf))].filter((room) => !Object.hasOwn(ROOMS, room))).toEqual([]);
  });

  it('import only from rooms above them', () => {
    const order = Object.keys(ROOMS);
    for (const [index, [room, { rooms }]] of Object.entries(ROOMS).entries()) {
      expect([room, wordsOf(rooms).filter((name) => !order.slice(0, index).includes(name))]).toEqual([room, []]);
    }
  });

  it('import what their rows name, and nothing else', () => {
    const strays = IMPORTS.filter(({ from, to }) => {
      const { rooms, packages } = ROOMS[from] ?? { rooms: '' };
      if ([from, ...wordsOf(rooms)].some((room) => isIn(to, room)) || wordsOf(packages).includes(to)) return false;
      return !to.startsWith('node:') || GUARDED.includes(to);
    });
    expect(strays).toEqual([]);
  });

  it('have no row that names more than they import', () => {
    const idle = Object.entries(ROOMS).flatMap(([room, { rooms, packages }]) =>
      [...wordsOf(rooms), ...wordsOf(packages)]
        .filter((name) => !IMPORTS.some(({ from, to }) => from === room && isIn(to, name)))
        .map((name) => `${room} → ${name}`),
    );
    expect(idle).toEqual([]);
  });
});

describe('the map of src', () => {
  it('leads to what there is', () => {
    const map = readFileSync(join(SRC, 'README.md'), 'utf8');
    const [, chapter = ''] = /^## How to add…\n([^]*?)^## /m.exec(map) ?? [];
    const paths = [...chapter.matchAll(/`([\w-]+(?:\/[\w.-]*)+|[\w-]+\.ts)`/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(SRC, path)) && !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
