import * as z from 'zod';
import { begin } from './fake.ts';
import { type InvocationHere, sluiceHere } from './in-process.ts';

const confession = z.object({
  argv: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  cwd: z.string(),
  heard: z.array(z.looseObject({ type: z.string() })),
});

/** What a claude saw that was started by this command line: its arguments, environment, folder, and words on stdin. */
export type Confession = z.infer<typeof confession>;

export async function whatClaudeSees(args: readonly string[], invocation: InvocationHere = {}): Promise<Confession> {
  const run = await sluiceHere(['--no-redact', '-o', 'text', ...args], {
    fake: [...begin, { confess: true }],
    ...invocation,
  });
  if (run.exitCode !== 0) throw new Error(`exit code ${run.exitCode}: ${run.stderr}`);
  return readConfession(run.stdout);
}

/** What a fake claude printed that was told to confess. */
export function readConfession(text: string): Confession {
  return confession.parse(JSON.parse(text));
}
