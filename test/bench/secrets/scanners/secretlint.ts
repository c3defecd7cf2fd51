import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installedPeers } from '../../../peers/install.ts';
import { maskRanges, type Scanner } from './scanner.ts';

/** What is used of `@secretlint/core`. */
interface Core {
  lintSource(job: unknown): Promise<{ readonly messages: readonly { readonly range: readonly [number, number] }[] }>;
}

/** What is used of `@secretlint/profiler`. */
interface Profiler {
  readonly secretLintProfiler: { mark: () => void };
}

/** secretlint with the rules that it recommends; `null` where it is not installed. */
export async function findSecretlint(): Promise<Scanner | null> {
  const path = installedPeers('secretlint');
  if (path === null) return null;
  const modules = join(path, '../../../..');
  const preset = '@secretlint/secretlint-rule-preset-recommend';
  const core = await load<Core>(path);
  const { creator } = await load<{ readonly creator: unknown }>(join(modules, preset, 'module/index.js'));
  const { secretLintProfiler } = await load<Profiler>(join(modules, '@secretlint/profiler/module/node.js'));
  // It looks through all its marks for each new one, which after some thousand texts takes minutes.
  secretLintProfiler.mark = () => undefined;
  const { version } = JSON.parse(readFileSync(join(modules, '@secretlint/core/package.json'), 'utf8'));
  const config = { rules: [{ id: preset, rule: creator, options: {}, rules: [] }] };

  async function maskOne(text: string): Promise<string> {
    const source = { content: text, filePath: '/case.txt', ext: '.txt', contentType: 'text' };
    const { messages } = await core.lintSource({ source, options: { config, noPhysicFilePath: true } });
    return maskRanges(
      text,
      messages.map(({ range }) => range),
    );
  }

  return {
    name: `secretlint ${version}`,
    mask: async (texts) => {
      const masked: string[] = [];
      for (const text of texts) masked.push(await maskOne(text));
      return masked;
    },
  };
}

async function load<Module>(path: string): Promise<Module> {
  return await import(pathToFileURL(path).href);
}
