import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { GENERATED, GROUPS } from './tables.ts';

const HELP = fileURLToPath(new URL('../../../src/help/', import.meta.url));
const PAGES = readdirSync(HELP).filter((name) => name.endsWith('.md'));

const read = (page: string): string => readFileSync(HELP + page, 'utf8');

/** What begins generated text and names it, the text itself, and its end. */
const REGION = /(?<=^<!-- (?!end )(\w+)(?: (.+?))? -->\n)[^]*?(?=<!-- end -->$)/gm;

/** A page with what the code makes of its regions. */
function regenerated(text: string): string {
  return text.replaceAll(REGION, (old: string, name: string, argument: string | undefined) => {
    const generate = GENERATED[name];
    if (generate === undefined) throw new Error(`nothing is called ${name}`);
    return generate(argument ?? '', (key) => wordsAbout(old, key));
  });
}

/** The last cell of the row that a table has for something; nothing where there is none. */
function wordsAbout(table: string, key: string): string {
  const row = table.split('\n').find((line) => line.startsWith(`| ${key} |`));
  return (
    row
      ?.split(/(?<!\\)\|/)
      .at(-2)
      ?.trim() ?? ''
  );
}

// After a change: npx vitest run --project unit test/unit/help -u
describe.each(PAGES)('%s', (page) => {
  it('has the tables that the code makes', async () => {
    await expect(regenerated(read(page))).toMatchFileSnapshot(HELP + page);
  });

  it('has words in every cell of them', () => {
    const cells = [...read(page).matchAll(REGION)].flatMap(([table]) => table.split('\n'));
    expect(cells.filter((row) => /\| *\|/.test(row))).toEqual([]);
  });
});

it('shows every group of flags', () => {
  const shown = [...read('flags.md').matchAll(/<!-- flags (.+) -->/g)].map(([, group]) => group);
  expect(new Set(shown)).toEqual(new Set(GROUPS));
});
