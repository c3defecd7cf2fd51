import { type MarkedToken, type Token, type Tokens, lexer } from 'marked';
import { VERSION } from '../version.ts';
import { readTopic, TOPICS, type TopicName } from './topics.ts';

/** The topics of the manual page, under the names that its readers look for. The others are a word in it. */
const SECTIONS: ReadonlyMap<TopicName, string> = new Map([
  ['flags', 'OPTIONS'],
  ['output', 'OUTPUT'],
  ['outcomes', 'EXIT STATUS'],
  ['config', 'ENVIRONMENT AND FILES'],
  ['auth', 'AUTHENTICATION'],
  ['process', 'SIGNALS AND LIMITS'],
]);

/** What is shown where there is no UTF-8, of which troff complains otherwise. */
const FALLBACKS = [String.raw`.fchar \[u2026] ...`, String.raw`.fchar \[pc] *`];

/**
 * The manual page, in the language of man(7). It is made at build time.
 * @param commands by their names
 */
export async function manPage(commands: readonly string[]): Promise<string> {
  const sections = await Promise.all(
    [...SECTIONS].map(async ([name, title]) => [`.SH ${title}`, ...blocks(lexer(await readTopic(name)).slice(1))]),
  );
  const others = Object.entries(TOPICS).filter(([name]) => ![...SECTIONS.keys()].some((shown) => shown === name));
  return [
    ...FALLBACKS,
    `.TH SLUICE 1 "" "sluice ${VERSION}" "User Commands"`,
    '.SH NAME',
    String.raw`sluice \- run Claude Code headless, with secrets masked and an honest exit code`,
    '.SH SYNOPSIS',
    '.B sluice',
    String.raw`[\fIoptions\fR] [\fIprompt\fR...] [\-\- \fIoptions for claude\fR]`,
    '.br',
    '.B sluice',
    commands.map((name) => String.raw`\%${name}`).join(' | '),
    ...sections.flat(),
    '.SH SEE ALSO',
    ...others.flatMap(([name, { about }]) => ['.TP', `.B sluice help ${name}`, text(about)]),
    '',
  ].join('\n');
}

function blocks(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => block(token as MarkedToken));
}

function block(token: MarkedToken): readonly string[] {
  switch (token.type) {
    case 'heading':
      return [`.SS ${inline(token.tokens)}`];
    case 'paragraph':
      return ['.PP', line(inline(token.tokens))];
    case 'code':
      return ['.PP', '.RS 4', '.nf', ...token.text.split('\n').map((code) => line(verbatim(code))), '.fi', '.RE'];
    case 'list':
      return token.items.flatMap((item, index) => listItem(item, token.ordered ? `${index + 1}.` : String.raw`\(bu`));
    case 'table':
      return token.rows.flatMap((row) => tableRow(token.header, row));
    case 'space':
      return [];
    default:
      throw new Error(`the manual page has no ${token.type}`);
  }
}

function listItem({ tokens }: Tokens.ListItem, mark: string): readonly string[] {
  return [`.IP ${mark} 4`, ...tokens.map((token) => line(inline('tokens' in token ? (token.tokens ?? []) : [])))];
}

/** A row as a term and what is said of it: tables of a manual page are hard to read. */
function tableRow(
  header: readonly Tokens.TableCell[],
  [term, ...cells]: readonly Tokens.TableCell[],
): readonly string[] {
  const [last, ...before] = cells.map((cell, index) => [header[index + 1], cell] as const).toReversed();
  const named = before
    .toReversed()
    .flatMap(([head, cell]) => [line(`${inline(head?.tokens ?? [])}: ${inline(cell.tokens)}`), '.br']);
  return ['.TP', line(inline(term?.tokens ?? [])), ...named, line(inline(last?.[1].tokens ?? []))];
}

function inline(tokens: readonly Token[]): string {
  return tokens.map((token) => styled(token as MarkedToken)).join('');
}

function styled(token: MarkedToken): string {
  switch (token.type) {
    case 'strong':
      return String.raw`\fB${inline(token.tokens)}\fR`;
    case 'em':
      return String.raw`\fI${inline(token.tokens)}\fR`;
    case 'codespan':
      return String.raw`\fB${verbatim(token.text)}\fR`;
    case 'link':
      return inline(token.tokens);
    case 'text':
    case 'escape':
      return text(token.text);
    default:
      throw new Error(`the manual page has no ${token.type} in a line`);
  }
}

/** What stands at the beginning of a line is no request, whatever it begins with. */
function line(content: string): string {
  return content.replaceAll('\n', ' ').replace(/^(?=[.'])/, String.raw`\&`);
}

function text(content: string): string {
  return content.replaceAll('\\', String.raw`\e`);
}

/** Hyphens that can be copied, as can carets and quotes. */
function verbatim(content: string): string {
  return text(content)
    .replaceAll('-', String.raw`\-`)
    .replaceAll("'", String.raw`\(aq`)
    .replaceAll('`', String.raw`\(ga`)
    .replaceAll('^', String.raw`\(ha`)
    .replaceAll('~', String.raw`\(ti`);
}
