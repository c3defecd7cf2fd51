import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPTION, OPTIONS } from '../../../src/config/command-options/options.ts';
import { ALL_RUN_OPTIONS, RUN_OPTIONS } from '../../../src/request/run-options.ts';
import { flagOf } from '../../../src/request/flag.ts';

const TABLES = new URL('../../../src/request/run-options/', import.meta.url);

const spelled = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;

/** Texts that one option or another takes; what is none is refused, which is fine. */
const TEXTS = ['1', '5m', '64k', 'plan', 'Read,Bash(git log:*)', '{"a":1}', './file', 'true', 'off', 'api=5m', ''];

describe('every field', () => {
  it.each(Object.entries(OPTION))('%s stands under its own name', (key, { name }) => {
    expect(name).toBe(key);
  });

  it.each(OPTIONS.map((option) => [option.name, option] as const))(
    '%s takes for its own what it reads',
    (_, { kind }) => {
      const read = TEXTS.filter((text) => takes(kind.parse, text)).map(kind.parse);
      expect(read.filter((value) => !kind.is(value))).toEqual([]);
    },
  );

  it.each(OPTIONS.filter((option) => option.default !== undefined).map((option) => [option.name, option] as const))(
    '%s takes its default',
    (_, { kind, default: preset }) => {
      expect(kind.is(preset)).toBe(true);
    },
  );

  it.each(OPTIONS.filter(({ kind }) => kind.show !== undefined).map((option) => [option.name, option] as const))(
    '%s can be typed again as it is shown',
    (_, { kind, default: preset }) => {
      const value = preset ?? kind.parse(['1', '5m', 'acme=x{3}'].find((text) => takes(kind.parse, text)));
      expect(kind.parse(kind.show?.(value))).toEqual(value);
    },
  );

  it('has a flag of its own, and one of claude’s is spelt like its name', () => {
    const flags = ALL_RUN_OPTIONS.map(flagOf);
    expect(new Set(flags).size).toBe(flags.length);
    for (const field of ALL_RUN_OPTIONS.filter(({ claude }) => claude !== undefined)) {
      expect(flagOf(field)).toBe(spelled(field.name));
    }
  });

  it('of a run is documented with its default', () => {
    const tables = readdirSync(TABLES).map((file) => readFileSync(new URL(file, TABLES), 'utf8'));
    const rows = tables.flatMap((text) => [...text.matchAll(/(?:\/\*\*([^]*?)\*\/\s+)?^ {2}(\w+): \{/gm)]);
    const comments = new Map(rows.map(([, comment = '', name = '']) => [name, comment]));
    expect(
      ALL_RUN_OPTIONS.map(({ name }) => name).filter((name) => !/default:/i.test(comments.get(name) ?? '')),
    ).toEqual([]);
  });

  it('can be sent as JSON', () => {
    const presets = Object.entries(RUN_OPTIONS).flatMap(([name, field]) =>
      'default' in field ? [[name, field.default] as const] : [],
    );
    expect(JSON.parse(JSON.stringify(Object.fromEntries(presets)))).toEqual(Object.fromEntries(presets));
  });
});

function takes(parse: (value: unknown) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}
