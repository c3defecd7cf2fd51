/** Set by an outer claude for what it starts; a claude that sees them refuses to run or reports to the outer one. */
const NESTED_LAUNCH = ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_CODE_SSE_PORT', 'CLAUDE_CODE_CHILD_SESSION'];

/** What sluice adds to the child's environment. */
export interface EnvironmentOptions {
  /** How often claude may retry an API call; absent means its own 10. */
  readonly retries?: number | undefined;
  /** A private folder of this run for claude's temporary files. */
  readonly temporary: string;
  /** Variables that claude does without. */
  readonly withheld?: readonly string[] | undefined;
  /** What else this run sets. */
  readonly own: Readonly<Record<string, string>>;
}

/** The child's environment: the caller's, so that every way to authenticate passes through, and what bounds the run. */
export function childEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { retries, temporary, withheld = [], own }: EnvironmentOptions,
): Record<string, string> {
  const child: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !NESTED_LAUNCH.includes(name) && !withheld.includes(name)) child[name] = value;
  }
  child['CLAUDE_CODE_TMPDIR'] = temporary;
  if (retries !== undefined) child['CLAUDE_CODE_MAX_RETRIES'] = String(retries);
  return { ...child, ...own };
}
