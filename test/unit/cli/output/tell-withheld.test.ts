import { expect, it } from 'vitest';
import { tellWithheld } from '../../../../src/cli/output/tell-withheld.ts';

it.each([
  ['text', ['A_TOKEN', 'B_KEY'], 'sluice: kept from tools: A_TOKEN, B_KEY\n'],
  ['stream-json', ['A_TOKEN'], 'sluice: kept from tools: A_TOKEN\n'],
  ['json', ['A_TOKEN'], ''],
  ['pretty', ['A_TOKEN'], ''],
  ['summary', ['A_TOKEN'], ''],
  ['text', [], ''],
] as const)('what tools did without is told beside %s: %j', (format, withheld, expected) => {
  let told = '';
  const stderr = { write: (text: string) => (told += text) };
  tellWithheld({ report: { claude: { withheld } } } as never, format, { stderr } as never);
  expect(told).toBe(expected);
});
