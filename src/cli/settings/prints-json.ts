import { SluiceError } from '../../errors.ts';
import type { Invocation } from '../program.ts';

/**
 * Whether a command that prints text prints JSON instead. Only what is typed counts: what is set elsewhere is for runs.
 * @param command what errors call it
 * @throws SluiceError `usage` for any other format
 */
export function printsJson({ flags }: Pick<Invocation, 'flags'>, command: string): boolean {
  const { output = 'text' } = flags;
  if (output !== 'text' && output !== 'json')
    throw new SluiceError('usage', `-o ${String(output)}: sluice ${command} prints text or JSON`);
  return output === 'json';
}
