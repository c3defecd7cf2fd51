import { expect, it } from 'vitest';
import { randomUuid } from '../../../src/system/random-uuid.ts';

it('makes random UUIDs of version 4, each another one', () => {
  const all = Array.from({ length: 200 }, randomUuid);
  for (const uuid of all) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(all).size).toBe(all.length);
  expect(new Set(all.map((uuid) => uuid[19])).size).toBe(4);
});
