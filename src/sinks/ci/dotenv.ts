import type { Ending } from '../sink.ts';
import { stepOutputs } from './step-outputs.ts';

/**
 * The same for jobs of GitLab, as the file of `artifacts:reports:dotenv`: `RUN_OUTCOME` and so on. Without the answer: it
 * has lines, which such a file cannot have, and GitLab would put variables in where it says `$NAME`.
 */
export function dotenvOf(ending: Ending, workspace: string, bundle: string | null): string {
  const { result: _, ...values } = stepOutputs(ending, workspace, bundle);
  return Object.entries(values)
    .filter(([, value]) => PLAIN.test(value))
    .map(([name, value]) => `RUN_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}=${value}\n`)
    .join('');
}

/** What neither quotes nor dollars nor spaces can be made of. */
const PLAIN = /^[\w./:@+-]*$/;
