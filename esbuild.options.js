import { readFileSync } from 'node:fs';

const common = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  // What a package made for bundlers; some of what it made for Node cannot be seen through.
  mainFields: ['module', 'main'],
};

/** The command: everything inside, so that starting it reads few files. */
export const COMMAND = {
  ...common,
  entryPoints: ['src/command.ts'],
  entryNames: '[name]',
  outdir: 'dist/cli',
  loader: { '.md': 'text' },
  minify: true,
  keepNames: false,
  // What Fastify loads where routes have schemas for it, or a test asks without a socket: neither is done here. Some of libsql
  // is native, and there only where it is installed, as what queues are made of.
  external: [
    '@fastify/ajv-compiler',
    '@fastify/fast-json-stringify-compiler',
    'bullmq',
    'ioredis',
    'libsql',
    'light-my-request',
  ],
};

/**
 * What makes CommonJS of a file of the command, after esbuild has split it, which it does for ES modules alone: Node's
 * loader of those takes 25 ms more (20.20).
 */
export const AS_COMMONJS = {
  format: 'cjs',
  platform: 'node',
  target: common.target,
  minify: true,
  supported: { 'dynamic-import': false },
  // What is made of the URL is a require, which takes a path as well.
  define: { 'import.meta.filename': '__filename', 'import.meta.url': '__filename' },
};

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The library: its dependencies stay the user's to share. What draws is inside: few need it, and nobody shares it. */
export const LIBRARY = {
  ...common,
  entryPoints: ['src/index.ts'],
  outdir: 'dist',
  external: Object.keys(dependencies),
  // Some dependencies still call require.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
};

/** What users' tests import: a gateway is inside, with what it is made of. */
export const TESTING = {
  ...LIBRARY,
  entryPoints: ['src/testing/testing.ts'],
  external: [...LIBRARY.external, ...COMMAND.external],
};

/** The scripts of the page, by what they are of: a gateway has a file beside the page, a report has it within. */
export const PAGE = {
  bundle: true,
  platform: 'browser',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  logLevel: 'warning',
  legalComments: 'none',
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: ['src/page/ui.tsx', 'src/page/report.tsx', 'src/page/page.css'],
  outdir: 'page',
  write: false,
};

/** The client of the gateway, for browsers too: nothing of Node's is in it. */
export const CLIENT = {
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  logLevel: 'warning',
  entryPoints: ['src/client/client.ts'],
  outfile: 'dist/client.js',
  minify: true,
};
