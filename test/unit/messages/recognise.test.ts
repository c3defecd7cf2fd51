import { describe, expect, it } from 'vitest';
import { KNOWN_NAMES, nameOf, recognise } from '../../../src/messages/recognise.ts';
import { isUnknown } from '../../../src/messages/types.ts';
import { messagesOf, RECORDINGS, streamOf } from '../../support/recordings.ts';

describe('recognise', () => {
  it('knows every message of every recording', async () => {
    const unknown = new Set<string>();
    for (const name of RECORDINGS) {
      for (const message of await messagesOf(name)) if (isUnknown(message)) unknown.add(`${name}: ${nameOf(message)}`);
    }
    expect([...unknown]).toEqual([]);
  });

  it('keeps every field of a message that it knows', async () => {
    const [line] = streamOf('plain').toString().split('\n');
    const value = { ...JSON.parse(line ?? ''), brand_new: { deep: [1, null] } };
    expect(recognise(value)).toBe(value);
  });

  it.each([
    ['a new type', { type: 'hologram', anything: [1] }],
    ['a new subtype', { type: 'system', subtype: 'moon_phase', phase: 'full' }],
    ['a known type whose shape has changed', { type: 'assistant', message: 'now a string' }],
  ])('keeps %s whole, and marks it', (_, value) => {
    const message = recognise(value);
    expect(isUnknown(message)).toBe(true);
    expect(JSON.stringify(message)).toBe(JSON.stringify(value));
  });

  it('names each schema once', () => {
    expect(new Set(KNOWN_NAMES).size).toBe(KNOWN_NAMES.length);
    expect(KNOWN_NAMES).toContain('system/api_retry');
  });
});
