const RUN_AS_THEY_ARE =
  'agents attach auth auto-mode daemon gateway import install kill logs plugin plugins project purge ' +
  'remote-control respawn rm setup-token stop ultrareview update upgrade';

/**
 * Words that are commands of claude's, or were, or are taken for some, each with what to do in place of asking a model.
 * From `claude --help` of 2.1.197 and 2.1.332, and the words that 2.1.332 itself does not take for a prompt; those that
 * are commands of ours are not here.
 */
export const CLAUDES_COMMANDS: ReadonlyMap<string, string> = new Map([
  ...RUN_AS_THEY_ARE.split(' ').map((word): [string, string] => [word, `run "claude ${word}"`]),
  ['init', 'run "sluice --slash /init"'],
  ['login', 'run "claude auth login"'],
  ['logout', 'run "claude auth logout"'],
  ['migrate-installer', 'run "claude install"'],
  ['status', 'run "claude auth status"'],
  ['version', 'run "sluice --version", or "claude --version"'],
]);

const OF_PLUGIN =
  'autoremove configure details disable enable eval i init install list marketplace new prune remove ' +
  'restore-set-aside tag test uninstall update validate';

/** Those that have commands of their own, each with these. */
export const CLAUDES_GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['auth', ['login', 'logout', 'status']],
  ['auto-mode', ['config', 'critique', 'defaults', 'reset']],
  ['plugin', OF_PLUGIN.split(' ')],
  ['plugins', OF_PLUGIN.split(' ')],
  ['project', ['purge']],
]);
