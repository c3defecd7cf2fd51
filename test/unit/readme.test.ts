import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundleSchema } from '../../src/messages/bundle.ts';
import { EXIT_CODES } from '../../src/exit-codes.ts';
import { KNOWN_NAMES } from '../../src/messages/recognise.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('has a line for every message type', () => {
    const missing = KNOWN_NAMES.filter(
      (name) => !README.includes(`\`${name.replace('system/', '')}\``) && !README.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  it('names every outcome class', () => {
    expect(Object.keys(EXIT_CODES).filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every field of the bundle', () => {
    expect(Object.keys(bundleSchema.shape).filter((name) => !README.includes(`\`${name}`))).toEqual([]);
  });
});
