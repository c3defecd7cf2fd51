import { sessionsIn } from '../../claude/find-session.ts';
import { OPTIONS } from '../../config/command-options/options.ts';
import { TOPICS } from '../../help/topics.ts';
import type { Kind } from '../../request/kinds/kind.ts';
import type { ValueSchema } from '../../request/kinds/schema.ts';
import { SERVERS } from '../commands/doctor.ts';
import { ACTIONS } from '../commands/templates.ts';
import type { Io } from '../io.ts';
import { COMMANDS } from '../commands/commands.ts';
import { HISTORY_ACTIONS } from '../settings/history-actions.ts';
import type { Candidate, Candidates, ValuesOf } from './candidates.ts';
import { SCRIPTS } from './scripts.ts';

/** Values as rows, files, templates and the sessions of the folder have them. */
export function knownValues({ env, cwd }: Pick<Io, 'env' | 'cwd'>): ValuesOf {
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
    operand(command, place) {
      const first = place === 0;
      if (command === 'redact' || (first && READERS.includes(command))) return 'files';
      if (command === 'help' && first)
        return [...topics(), ...COMMANDS.map(({ name, help }) => ({ word: name, help }))];
      if (command === 'templates') return first ? plain(ACTIONS) : templates({ env, cwd });
      if (command === 'history' && first) return plain(HISTORY_ACTIONS);
      if (command === 'completion' && first) return plain(Object.keys(SCRIPTS));
      return command === 'doctor' && first ? plain(SERVERS) : [];
    },
  };
}

/** Commands that read one recording. */
const READERS = ['replay', 'report', 'explain'];

async function templates(standpoint: Pick<Io, 'env' | 'cwd'>): Promise<Candidates> {
  const { allSources } = await import('../../templates/find-template.ts');
  return plain(allSources(standpoint).flatMap(({ name, isShadowed }) => (isShadowed ? [] : [name])));
}

function topics(): Candidate[] {
  return Object.entries(TOPICS).map(([word, { about }]) => ({ word, help: about }));
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
