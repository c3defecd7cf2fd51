import { sessionsIn } from '../../claude/find-session.ts';
import { OPTIONS } from '../../config/command-options/options.ts';
import { TOPICS } from '../../help/topics.ts';
import type { Kind } from '../../request/kinds/kind.ts';
import type { ValueSchema } from '../../request/kinds/schema.ts';
import type { Io } from '../io.ts';
import { COMMANDS } from '../commands/commands.ts';
import { firstWordsOf } from '../commands/first-words.ts';
import { takesFile } from '../commands/takes-file.ts';
import { promptOf } from '../output/history-table.ts';
import { stateHome } from '../service/state-home.ts';
import type { Candidate, Candidates, ValuesOf } from './candidates.ts';

/** Values as rows, files, templates, kept runs and the sessions of the folder have them. */
export function knownValues({ env, cwd }: Pick<Io, 'cwd' | 'env'>): ValuesOf {
  return {
    async option(option, placeholder) {
      if (option === 'resume') return plain(sessionsIn({ env, cwd }));
      if (option === 'template') return templates({ env, cwd });
      if (option === 'allowSecretKinds') return plain((await import('../../secrets/kinds.ts')).KINDS);
      const row = OPTIONS.find(({ name }) => name === option);
      const words = row === undefined ? [] : wordsOf(row.kind);
      if (words.length > 0) return plain(words);
      return /<(?:FILE|PATH|CONFIG)/.test(placeholder) ? 'files' : [];
    },
    operand(command, before) {
      if (takesFile(command, before.length)) return 'files';
      const [action] = before;
      if (action === undefined) return command === 'help' ? explained() : plain(firstWordsOf(command));
      if (command === 'templates' && action !== 'list') return templates({ env, cwd });
      const isRun = command === 'history' && before.length === 1 && ['show', 'resume'].includes(action);
      return isRun ? runs(env) : [];
    },
  };
}

/** Runs that can be chosen from at once: nobody reads more of them. */
const MOST_RUNS = 50;

/** Characters of what was asked that tell one run from another. */
const HINT = 60;

/** Those that were kept, the newest first. */
async function runs(env: Io['env']): Promise<Candidates> {
  const folder = stateHome(env);
  if (folder === false) return [];
  const { newestRuns } = await import('../../runs/disk/history.ts');
  const kept = await newestRuns({ folder }, MOST_RUNS);
  return kept.map((run) => ({ word: run.runId, help: promptOf(run).slice(0, HINT) }));
}

async function templates(standpoint: Pick<Io, 'env' | 'cwd'>): Promise<Candidates> {
  const { allSources } = await import('../../templates/find-template.ts');
  return plain(allSources(standpoint).flatMap(({ name, isShadowed }) => (isShadowed ? [] : [name])));
}

function explained(): Candidate[] {
  const topics = Object.entries(TOPICS).map(([word, { about }]) => ({ word, help: about }));
  return [...topics, ...COMMANDS.map(({ name, help }) => ({ word: name, help }))];
}

function wordsOf({ known, schema }: Kind<unknown>): readonly string[] {
  return known ?? enumerated(schema);
}

function enumerated({ enum: words = [], items, anyOf = [] }: ValueSchema): readonly string[] {
  return [...words, ...(items === undefined ? [] : enumerated(items)), ...anyOf.flatMap(enumerated)];
}

function plain(words: Iterable<string>): Candidates {
  return Array.from(words, (word) => ({ word, help: '' }));
}
