import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import { messageOf, SluiceError } from '../../errors.ts';
import { EXIT_CODES } from '../../outcome/classes.ts';
import { numbered } from '../../outcome/words.ts';
import { wrappedRows } from '../../sinks/pretty/wrapped-rows.ts';
import { escapeJson, neutralise, oneLine } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { parseTemplate } from '../../templates/parse-template.ts';
import { readSource } from '../../templates/read-template.ts';
import { allSources, findSource, type Source } from '../../templates/find-template.ts';
import type { Problem, Template } from '../../templates/template.ts';
import type { Variable } from '../../templates/declared-variables.ts';
import type { Io } from '../io.ts';
import type { Invocation } from '../program.ts';
import type { ActionOf } from './first-words.ts';
import { actionOf } from '../settings/action-of.ts';
import { flagName } from '../settings/flag-name.ts';
import { rejectForeignFlags } from '../settings/foreign-flags.ts';
import { printsJson } from '../settings/prints-json.ts';
import { redactorFrom } from '../settings/redaction-of.ts';

/** Lists templates, shows one, or checks some. Returns the exit code: 2 where there is a mistake in one. */
export async function templatesCommand({ operands, flags }: Invocation, settings: Settings, io: Io): Promise<number> {
  rejectForeignFlags(flags, 'templates');
  const isJson = printsJson({ flags }, 'templates');
  const [word, ...names] = operands;
  const action = actionOf('templates', word);
  const redactor = await redactorFrom(settings, io, new AbortController().signal);
  const mask = (text: string): string => redactor.redact(text).text;
  const code = await act(action, names, io, {
    say: (text) => io.stderr.write(`sluice: ${oneLine(mask(text))}\n`),
    print(value, text) {
      if (isJson) return io.stdout.write(`${escapeJson(mapStrings(value, mask))}\n`);
      return io.stdout.write(io.stdout.isTTY ? neutralise(mask(text)) : mask(text));
    },
    isQuiet: read(settings, OPTION.quiet) === true,
  });
  await io.stdout.flush();
  await io.stderr.flush();
  return code;
}

/** Where things go, without secrets. */
interface Face {
  say(text: string): void | Promise<void>;
  /** A value as JSON, or a text for people. */
  print(value: unknown, text: string): void | Promise<void>;
  readonly isQuiet: boolean;
}

function act(action: ActionOf<'templates'>, names: readonly string[], io: Io, face: Face): Promise<number> {
  switch (action) {
    case 'list':
      if (names.length > 0)
        throw new SluiceError('usage', `${names.join(' ')}: to see one, say sluice templates show NAME`);
      return list(io, face);
    case 'show':
      return show(names, io, face);
    case 'check':
      return check(names, io, face);
    default:
      return action satisfies never;
  }
}

/** A template as far as it could be read, and all that is wrong with it. */
interface Examined {
  readonly source: Source;
  readonly text: string;
  readonly template: Template | null;
  readonly problems: readonly Problem[];
  /** Why it could not be read; null where it could. */
  readonly flaw: string | null;
}

async function examine(source: Source): Promise<Examined> {
  try {
    const text = await readSource(source);
    return { source, text, ...parseTemplate(text, source), flaw: null };
  } catch (error) {
    return { source, text: '', template: null, problems: [], flaw: messageOf(error, flagName) };
  }
}

const ORIGINS = { own: 'your own', shipped: 'sluice', project: 'project' } as const;

async function list(io: Io, face: Face): Promise<number> {
  const all = await Promise.all(allSources(io).map(examine));
  const rows = all.map((one) => [one.source.name, ORIGINS[one.source.origin], noteOn(one)] as const);
  await face.print(
    all.map((one) => ({ ...described(one), ...(isSound(one) ? {} : { problems: problemsOf(one) }) })),
    linesOf(wrappedRows(rows, io.stdout.isTTY ? io.stdout.columns() : Number.POSITIVE_INFINITY)),
  );
  return 0;
}

function noteOn({ source, template, problems, flaw }: Examined): string {
  if (source.isShadowed) return `passed over, its name is taken; say ${source.source}`;
  if (flaw !== null) return flaw;
  const [first] = problems;
  if (first !== undefined) return `a mistake in line ${first.line}: ${first.message}`;
  const variables = (template?.variables ?? []).map(({ name, required }) => (required ? name : `[${name}]`));
  return `${template?.description ?? ''}${variables.length === 0 ? '' : ` · ${variables.join(' ')}`}`;
}

function isSound({ problems, flaw }: Examined): boolean {
  return problems.length === 0 && flaw === null;
}

function problemsOf({
  problems,
  flaw,
}: Examined): readonly { readonly line: number | null; readonly message: string }[] {
  return flaw === null ? problems : [{ line: null, message: flaw }];
}

async function show(names: readonly string[], io: Io, face: Face): Promise<number> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0)
    throw new SluiceError('usage', 'sluice templates show: say the name of one template, or its path');
  const source = findSource(name, io);
  const text = await readSource(source);
  const one: Examined = { source, text, ...parseTemplate(text, source), flaw: null };
  await face.print(
    { ...described(one), fields: one.template?.fields ?? {}, text },
    text.endsWith('\n') ? text : `${text}\n`,
  );
  return 0;
}

async function check(names: readonly string[], io: Io, face: Face): Promise<number> {
  const sources = names.length === 0 ? allSources(io) : names.map((name) => findSource(name, io));
  const all = await Promise.all(sources.map(examine));
  const ok = all.every(isSound);
  await face.print(
    { ok, templates: all.map((one) => ({ ...whereabouts(one.source), problems: problemsOf(one) })) },
    linesOf(
      all.flatMap(({ source, problems, flaw }) =>
        flaw === null ? problems.map(({ line, message }) => `${source.source}:${line}: ${message}`) : [flaw],
      ),
    ),
  );
  for (const { source } of all)
    if (source.isShadowed) await face.say(`warning: ${source.source} is passed over: its name is taken`);
  if (ok && !face.isQuiet) await face.say(`no mistakes in ${numbered(all.length, 'template')}`);
  return ok ? 0 : EXIT_CODES.usage;
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${oneLine(line)}\n`).join('');
}

function whereabouts({ name, origin, path, isShadowed }: Source) {
  return { name, origin, ...(path === null ? {} : { path }), ...(isShadowed ? { shadowed: true } : {}) };
}

function described({ source, template }: Examined) {
  const { description = '', variables = [] } = template ?? {};
  return { ...whereabouts(source), description, variables: variables.map(shownVariable) };
}

function shownVariable({ name, type, description, required, default: preset, choices }: Variable) {
  return {
    name,
    type,
    required,
    ...(description === '' ? {} : { description }),
    ...(preset === null ? {} : { default: preset }),
    ...(choices === null ? {} : { choices }),
  };
}
