/** A command as GitHub's runner takes it from a line of a step's output. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The commands that the runner knows; it looks for no others. */
const REGISTERED = new Set(
  'stop-commands set-env set-output save-state add-path add-mask add-matcher remove-matcher debug warning error notice group endgroup echo'.split(
    ' ',
  ),
);

/**
 * The commands in what a step prints, by the grammar of actions/runner (`ActionCommand`, `TryParseV2` and then `TryParse`).
 * Where it is not certain what the runner does, it is taken to do worse: any line separator of Unicode ends a line, and its
 * comparisons, which go by language, pass over characters without a width.
 */
export function commandsIn(output: string): RunnerCommand[] {
  return output.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).flatMap((line) => {
    const heard = line.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu, '');
    const command = parseV2(line) ?? parseV1(line) ?? parseV2(heard) ?? parseV1(heard);
    return command === null ? [] : [command];
  });
}

/** `::name key=value,key=value::data`, at the start of a line. */
function parseV2(line: string): RunnerCommand | null {
  const text = line.trimStart();
  if (!text.startsWith('::')) return null;
  const end = text.indexOf('::', 2);
  if (end === -1) return null;
  return command(text.slice(2, end), text.slice(end + 2), {
    separator: ',',
    property: [...DATA.slice(0, -1), ['%3A', ':'], ['%2C', ','], ['%25', '%']],
    data: DATA,
  });
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function parseV1(line: string): RunnerCommand | null {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start === -1 || end === -1) return null;
  const escapes: Escapes = [['%3B', ';'], ...DATA.slice(0, -1), ['%5D', ']'], ['%25', '%']];
  return command(line.slice(start + 3, end), line.slice(end + 1), {
    separator: ';',
    property: escapes,
    data: escapes,
  });
}

type Escapes = readonly (readonly [string, string])[];

const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];

interface Grammar {
  readonly separator: string;
  readonly property: Escapes;
  readonly data: Escapes;
}

function command(head: string, data: string, grammar: Grammar): RunnerCommand | null {
  const space = head.indexOf(' ');
  const name = (space === -1 ? head : head.slice(0, space)).toLowerCase();
  if (!REGISTERED.has(name)) return null;
  const pairs = (space === -1 ? '' : head.slice(space + 1)).trim().split(grammar.separator);
  const properties = pairs.flatMap((pair) => {
    const [key, value] = /^([^=]+)=([^]+)$/.exec(pair)?.slice(1) ?? [];
    return key === undefined || value === undefined ? [] : [[key, unescaped(value, grammar.property)]];
  });
  return { name, properties: Object.fromEntries(properties), data: unescaped(data, grammar.data) };
}

function unescaped(text: string, escapes: Escapes): string {
  return escapes.reduce((all, [escape, token]) => all.replaceAll(escape, token), text);
}

/**
 * The values in a file such as that of `$GITHUB_OUTPUT`, by the grammar of actions/runner (`EnvFileKeyValuePairs`).
 * @throws where the runner fails the step
 */
export function valuesIn(file: string): [name: string, value: string][] {
  const lines = file.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const values: [string, string][] = [];
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals !== -1 && (heredoc === -1 || equals < heredoc)) {
      values.push([line.slice(0, equals), line.slice(equals + 1)]);
    } else if (heredoc > 0 && line.length > heredoc + 2) {
      const end = lines.indexOf(line.slice(heredoc + 2));
      if (end === -1) throw new Error('Matching delimiter not found');
      values.push([
        line.slice(0, heredoc),
        lines
          .splice(0, end + 1)
          .slice(0, -1)
          .join('\n'),
      ]);
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}
