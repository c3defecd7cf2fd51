import { fileURLToPath } from 'node:url';

type Fields = Readonly<Record<string, unknown>>;

/** What the fake claude does next; `fake-claude.cjs` says what each means. */
export type Step =
  | { readonly init: Fields }
  | { readonly say: string }
  | { readonly bash: string }
  | { readonly result: Fields }
  | { readonly confess: true }
  | { readonly print: unknown }
  | { readonly raw: string }
  | { readonly bytes: string }
  | { readonly flood: number }
  | { readonly huge: number }
  | { readonly complain: string }
  | { readonly rant: number }
  | { readonly spawn: string }
  | { readonly remove: string }
  | { readonly sleep: number }
  | { readonly until: string }
  | { readonly prompt: true }
  | { readonly interrupt: true }
  | { readonly ask: Fields }
  | { readonly goodbye: true }
  | { readonly ignore: readonly NodeJS.Signals[] }
  | { readonly work: true }
  | { readonly hang: true }
  | { readonly exit: number }
  | { readonly die: NodeJS.Signals };

/** What it does each time that it is started in the same folder: the same, or something else from start to start. */
export type FakeScript = readonly Step[] | readonly (readonly Step[])[];

export const FAKE_CLAUDE = fileURLToPath(new URL('fake-claude.cjs', import.meta.url));

/** How most runs begin: a prompt, then a session. */
export const begin: readonly Step[] = [{ prompt: true }, { init: {} }];

/** How a run ends well. */
export const succeed: readonly Step[] = [{ say: 'done' }, { result: {} }];

/** What a claude prints last when all is well, for one that is a script of the shell. */
export const RESULT_LINE = JSON.stringify({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: 'done',
  session_id: 's',
  uuid: 'u',
  duration_ms: 1,
  duration_api_ms: 1,
  num_turns: 1,
  stop_reason: null,
  total_cost_usd: 0,
  usage: { input_tokens: 1, output_tokens: 1 },
  modelUsage: {},
  permission_denials: [],
});
