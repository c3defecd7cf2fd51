import { describe, expect, it } from 'vitest';
import { defuseCommands, escapeJson } from '../../../src/sinks/safe-text.ts';

/** Characters without a width, which runners pass over where they look for commands. */
const GAPS = ['\u200B', '\u200D', '\u00AD', '\uFEFF', '\u2060', '\uFE0F', '\u{E0020}', '\u180E'];

describe('a command of a CI system', () => {
  it.each(['##[error]', '##vso[task.setvariable]', '##VSO[x]', '##teamcity[x]', 'a ###[group]b', '##[a]##[b]'])(
    'is broken: %s',
    (text) => {
      expect(defuseCommands(text)).toBe(text.replaceAll(/##(?=\[|vso|teamcity)/gi, '##·'));
      expect(escapeJson(text)).not.toContain(/##\[|##vso/i.exec(text)?.[0]);
      expect(JSON.parse(escapeJson(text))).toBe(text);
    },
  );

  it.each(GAPS)('is broken with %j in its gaps', (gap) => {
    for (const text of [`#${gap}#[error]`, `##${gap}[error]`, `#${gap}${gap}#${gap}vs${gap}o[x]`]) {
      expect(defuseCommands(text)).toContain('·');
      expect(escapeJson(text)).toContain(String.raw`\u0023`);
      expect(JSON.parse(escapeJson(text))).toBe(text);
    }
  });

  it.each(['# [x]', '## Heading', 'a#b[c]', '#-#[x]', 'C# and F#', '##'])('is not seen in %s', (text) => {
    expect(defuseCommands(text)).toBe(text);
    expect(escapeJson(text)).toBe(JSON.stringify(text));
  });
});
