import { SluiceError } from '../../errors.ts';
import { type Concealment, DESCRIPTORS } from './concealment.ts';
import { type WhereToLook, programOnPath } from './locate.ts';

/**
 * The beginning of a command line: a shell that takes what is handed out of the environment, puts it into pipes, as a shell
 * does with a here-document, and becomes the program that follows. Empty where nothing is handed.
 * @throws SluiceError `usage` where there is no shell
 */
export function handingCommand({ handed }: Concealment, place: Pick<WhereToLook, 'path' | 'cwd'>): readonly string[] {
  if (handed.length === 0) return [];
  const shell = programOnPath('sh', place);
  if (shell === null) {
    throw new SluiceError(
      'usage',
      (name) => `${name('scrubToolEnv')}: there is no sh on PATH to keep a key out of sight`,
    );
  }
  const lines = handed.flatMap((name, index) => {
    const descriptor = FIRST_DESCRIPTOR + index;
    return [
      `value=$${name}`,
      `unset ${name}`,
      `exec ${descriptor}<<END`,
      '$value',
      'END',
      `export ${DESCRIPTORS.get(name)}=${descriptor}`,
    ];
  });
  return [shell, '-c', [...lines, 'unset value', 'exec "$@"'].join('\n'), 'sh'];
}

/** The first one after stdin, stdout and stderr. */
const FIRST_DESCRIPTOR = 3;
