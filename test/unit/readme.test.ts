import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../src/help/topics.ts';
import { bundleSchema } from '../../src/outcome/bundle.ts';
import { EXIT_CODES, INTERRUPT_EXIT_CODES } from '../../src/outcome/classes.ts';
import { KNOWN_NAMES } from '../../src/messages/recognise.ts';
import { OPTIONS } from '../../src/config/command-options/options.ts';
import { flagOf } from '../../src/request/flag.ts';
import { readPage } from './help/pages.ts';

const README = readPage('README.md');

describe('the README', () => {
  it('is short', () => {
    expect(Buffer.byteLength(README)).toBeLessThanOrEqual(12 * 1024);
  });

  it('has the two commands that work on a fresh clone', () => {
    expect(README).toContain('```sh\nnpm ci && npm run demo\n```');
    expect(README).toContain('```sh\nnpm ci && npm test\n```');
  });

  it('lists the topics of sluice help, in the same words', () => {
    const rows = [...README.matchAll(/^\| \[(\w+)\]\(src\/help\/(\w+)\.md\) \| (.*) \|$/gm)];
    const listed = rows.map(([, name, page, about = '']) => [name, page, about.replaceAll('`', '')]);
    expect(listed).toEqual(Object.entries(TOPICS).map(([name, { about }]) => [name, name, about]));
  });

  it('names every exit code', () => {
    const [, table = ''] = /^## Exit codes\n([^]*?)^## /m.exec(README) ?? [];
    const codes = new Set([...Object.values(EXIT_CODES), ...Object.values(INTERRUPT_EXIT_CODES)]);
    expect([...codes].filter((code) => !new RegExp(`\\b${code}\\b`).test(table))).toEqual([]);
  });
});

describe('the topics', () => {
  it('have a line for every message type', () => {
    const page = readPage('src/help/messages.md');
    expect(KNOWN_NAMES.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('name every outcome class', () => {
    const page = readPage('src/help/outcomes.md');
    expect(Object.keys(EXIT_CODES).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('name every field of the bundle', () => {
    const page = readPage('src/help/bundle.md');
    expect(Object.keys(bundleSchema.shape).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it('name every option', () => {
    const named = new Set([...readPage('src/help/flags.md').matchAll(/`(--[\w-]+)/g)].map(([, flag]) => flag));
    expect(OPTIONS.map(flagOf).filter((flag) => !named.has(flag))).toEqual([]);
  });

  it('name every option that a project may set', () => {
    const [, section = ''] =
      /option in a project's file([^]*?)everything else/.exec(readPage('src/help/config.md')) ?? [];
    const names = OPTIONS.filter(({ project }) => project !== undefined).map(({ name }) => name);
    expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});
