import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagOf } from '../../../src/request/flag.ts';
import { OPTIONS } from '../../../src/config/options/options.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('names every option', () => {
    const named = new Set([...README.matchAll(/`(?:-\w`, `)?(--[\w-]+)/g)].map(([, flag]) => flag));
    expect(OPTIONS.map(flagOf).filter((flag) => !named.has(flag))).toEqual([]);
  });

  it('names every option that a project may set', () => {
    const [, section = ''] = /option \| in a project's file([^]*?)everything else/.exec(README) ?? [];
    const names = OPTIONS.filter(({ project }) => project !== undefined).map(({ name }) => name);
    expect(names.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});
