import type { FieldTable } from '../field.ts';
import { boolean, name, optional, uuid } from '../kinds/texts.ts';

const group = 'Session';

/** Which conversation a run belongs to. */
export const SESSION = {
  /** Goes on with the newest conversation of the directory; default: false. */
  continue: {
    name: 'continue',
    kind: boolean,
    flags: '-c, --continue',
    group,
    help: 'resume the newest conversation of this folder',
    claude: 'flag',
    unserved: 'a query says itself which session it goes on with',
  },
  /** Goes on with a conversation, by its id or name; default: a new one. */
  resume: {
    name: 'resume',
    kind: name,
    flags: '-r, --resume <SESSION>',
    group,
    help: 'resume a conversation, by its session id',
    claude: 'value',
    caller: {
      name: 'sessionId',
      help: 'Go on with an earlier session: the sessionId of its result. It remembers what it read and did.',
      values: uuid,
      narrowing: 'harmless',
    },
    unserved: 'a query says itself which session it goes on with',
  },
  /** With `resume` or `continue`: under a new session id; default: false. */
  forkSession: {
    name: 'forkSession',
    kind: boolean,
    flags: '--fork-session',
    group,
    help: 'with --resume or --continue: go on under a new session id',
    claude: 'flag',
    unserved: 'a query says itself which session it goes on with',
  },
  /** The id of the conversation, a UUID; default: a new one. */
  sessionId: {
    name: 'sessionId',
    kind: uuid,
    flags: '--session-id <UUID>',
    group,
    help: 'use this id for the conversation',
    claude: 'value',
    unserved: 'each query has a session of its own',
  },
  /** The name that the session is shown by; default: none. */
  name: {
    name: 'name',
    kind: name,
    flags: '-n, --name <NAME>',
    group,
    help: 'display name of the session',
    claude: 'value',
    unserved: 'each query has a session of its own',
  },
  /** Does not save the session; default: false. */
  noSessionPersistence: {
    name: 'noSessionPersistence',
    kind: boolean,
    flags: '--no-session-persistence',
    group,
    help: 'do not save the session',
    claude: 'flag',
    project: 'on',
  },
  /** Works in a new git worktree, under a name or one that claude finds; default: false. */
  worktree: {
    name: 'worktree',
    kind: optional,
    flags: '-w, --worktree [NAME]',
    group,
    help: 'work in a new git worktree',
    claude: 'flag or value',
    unserved: 'queries work in the folders of --root',
  },
} as const satisfies FieldTable;
