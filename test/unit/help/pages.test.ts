import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/commands.ts';
import { parseArguments, SHORTHANDS } from '../../../src/cli/program.ts';
import { OPTIONS } from '../../../src/config/command-options/options.ts';
import { TOPICS } from '../../../src/help/topics.ts';
import * as library from '../../../src/index.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { main } from '../../../src/main.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { PAGES, readPage, ROOT, samplesOf, sluiceLines } from './pages.ts';
import { switchesOf } from './tables.ts';

const samples = (language: string) =>
  PAGES.flatMap((page) =>
    samplesOf(readPage(page))
      .filter((sample) => sample.language === language)
      .map((sample) => ({ page, ...sample })),
  );

describe('the pages', () => {
  it('are one a topic, beside the README', () => {
    expect(PAGES.slice(1).toSorted()).toEqual(
      Object.keys(TOPICS)
        .map((name) => `src/help/${name}.md`)
        .toSorted(),
    );
  });

  it('have links that lead somewhere', () => {
    const broken = PAGES.flatMap((page) =>
      [...readPage(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)/g)].flatMap(([link, path = '', anchor]) => {
        const target = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(ROOT, target))) return [`${page}: ${link}`];
        const isFile = statSync(join(ROOT, target)).isFile();
        const exists = anchor === undefined || (isFile && anchorsOf(readPage(target)).includes(anchor));
        return exists ? [] : [`${page}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('name no flag that there is not', () => {
    const known = new Set([
      ...OPTIONS.flatMap(({ flags }) => flags.match(/--[\w-]+/g) ?? []),
      ...SHORTHANDS.flatMap(({ flags }) => flags.match(/--[\w-]+/g) ?? []),
      ...COMMANDS.flatMap(({ name }) => switchesOf(name).map(([flag]) => flag)),
      '--help',
    ]);
    const unknown = PAGES.flatMap((page) =>
      [
        ...readPage(page)
          .replaceAll(/^```[^]*?^```/gm, '')
          .matchAll(/`(--[a-z][\w-]*)[^`]*`/g),
      ]
        .map(([, flag = '']) => flag)
        .filter((flag) => !known.has(flag) && !OTHERS_FLAGS.has(flag))
        .map((flag) => `${page}: ${flag}`),
    );
    expect(unknown).toEqual([]);
  });
});

/** Flags of other programs. */
const OTHERS_FLAGS = new Set(['--cli', '--server', '--method']);

describe('the command lines in them', () => {
  const lines = samples('sh').flatMap(({ page, code }) => sluiceLines(code).map((words) => ({ page, words })));

  it('are many', () => {
    expect(lines.length).toBeGreaterThan(30);
  });

  it.each(lines)('$page: sluice $words', ({ words }) => {
    // Shown alone, these end the reading of a command line.
    const shown = words.filter((word) => word !== '--help');
    expect(() => parseArguments(shown, { out: () => {}, columns: 80 })).not.toThrow();
  });
});

describe('the programs in them', () => {
  it.each(samples('js'))('import from sluice what they use, and only what there is ($page)', ({ code }) => {
    const exported = Object.keys(library);
    const imported = [...code.matchAll(/import \{ ([^}]+) \} from 'sluice'/g)].flatMap(([, names = '']) =>
      names.split(', '),
    );
    const used = exported.filter((name) => new RegExp(`(?<![.\\w'])${name}\\b(?=[(.])`).test(code));
    expect(imported.filter((name) => !exported.includes(name))).toEqual([]);
    expect(used.filter((name) => !imported.includes(name))).toEqual([]);
  });

  it.each(samples('js').filter(({ prints }) => prints !== undefined))(
    'print what stands below them',
    ({ code, prints }) => {
      let printed = '';
      const body = code.replace(/import \{ ([^}]+) \} from 'sluice';/, 'const { $1 } = sluice;');
      // oxlint-disable-next-line no-implied-eval, no-new-func -- a page of our own
      new Function('sluice', 'console', body)(library, { log: (line: string) => (printed += `${line}\n`) });
      expect(printed).toBe(prints);
    },
  );
});

describe('what command lines are said to print', () => {
  it('is what sluice redact prints', () => {
    const [, input = ''] = /printf '(.*)\\n' \| sluice redact/.exec(readPage('src/help/redaction.md')) ?? [];
    const sample = samplesOf(readPage('src/help/redaction.md')).find(({ prints }) => prints !== undefined);
    expect(`${createRedactor({ env: {} }).redact(input).text}\n`).toBe(sample?.prints);
  });

  it('is what sluice config prints', async () => {
    const sample = samplesOf(readPage('src/help/config.md')).find(({ prints }) => prints !== undefined);
    const [line = ''] = sample?.code.split('\n') ?? [];
    const env = Object.fromEntries(
      [...line.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const cwd = temporaryFolder();
    const io = {
      ...fakeIo({ cwd, env: { ...env, XDG_CONFIG_HOME: join(cwd, 'xdg') } }),
      argv: [...(sluiceLines(line)[0] ?? [])],
    };
    expect(await main(io)).toBe(0);
    expect(io.printed().out).toBe(sample?.prints);
  });
});

/** How GitHub calls the headings of a page. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
