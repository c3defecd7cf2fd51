import { expect, it } from 'vitest';
import { CONTEXT_ANCHORS } from '../../../src/secrets/contexts/contexts.ts';
import { AWS_PAIR_ANCHORS } from '../../../src/secrets/contexts/keys/aws-pair.ts';
import { RULES } from '../../../src/secrets/rules/rules.ts';
import { VIEW_ANCHORS } from '../../../src/secrets/views/views.ts';

const ANCHORS = [...RULES.flatMap(({ anchors }) => anchors), ...CONTEXT_ANCHORS, ...AWS_PAIR_ANCHORS, ...VIEW_ANCHORS];

it('begins every anchor with two characters that no whitespace parts: of what is cut later, a stream holds the beginning', () => {
  const parted = ANCHORS.filter(({ text }) => text.length < 3 || /\s/.test(text.slice(0, 2)));
  expect(parted.map(({ text }) => text)).toEqual([]);
});

it('spells anchors in small letters where their case does not count', () => {
  const spelled = ANCHORS.filter(({ text, exact }) => !exact && text !== text.toLowerCase());
  expect(spelled.map(({ text }) => text)).toEqual([]);
});
