/** Options of `claude --help` that sluice has not, and why. All of them still go through behind `--`. */
export const OMITTED_FLAGS: Readonly<Record<string, string>> = {
  // What sluice decides itself.
  '--input-format': 'sluice talks to claude in stream-json always; only "text" is accepted, as what claude -p takes',
  '--replay-user-messages': 'the one message that sluice sends is the prompt, which its caller knows',

  // Another meaning here.
  '--file': 'claude downloads files of the API by id; here it attaches local files to the prompt',

  // Nothing to see of it without a terminal or a desktop.
  '--ax-screen-reader': 'changes what the interactive screen shows',
  '--chrome': 'needs a browser that somebody sits at',
  '--no-chrome': 'undoes --chrome',
  '--desktop': 'opens a desktop app in place of a run',
  '--ide': 'connects to an editor that is open on the same machine',
  '--tmux': 'opens a terminal session for the worktree',

  // The run would go on elsewhere, out of sluice's sight: no stream, no outcome.
  '--background': 'returns at once, without the result that sluice waits for',
  '--bg': 'is --background',
  '--cloud': 'the session runs in the cloud',
  '--environment': 'the session runs on a host of its own, in the cloud',
  '--remote-control': 'starts an interactive session',
  '--remote-control-session-name-prefix': 'names sessions of --remote-control',
  '--teleport': 'fetches a session that runs in the cloud',

  // Too rare, too old or too new for a name of ours.
  '--brief': 'adds a tool by which claude writes to a person who is there to read',
  '--mcp-debug': 'an older name of --debug, gone since 2.1',
  '--from-pr': 'offers a list to pick from; headless, --resume with the id says the same',
};
