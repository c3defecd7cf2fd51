import { valuesOf } from './kinds/kind.ts';
import type { Property } from './schema-of.ts';

/** A file as it is sent along: its text, or its bytes. Nothing of it is a path. */
export interface SentFile {
  /** What the model is told it is. */
  readonly name: string;
  readonly text?: string;
  readonly base64?: string;
}

/** What programs send along with a query, and no model does. */
export interface SentAlong {
  readonly context: string | object;
  readonly attachments: readonly SentFile[];
  readonly mcpServers: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly onDisconnect: 'stop' | 'continue';
  readonly callbackUrl: string;
}

/** Its rows; a field that a model may set too is the `caller` part of an option's row. */
export const SENT_ALONG: readonly Property[] = [
  {
    name: 'context',
    help: 'What is to be known for it, as a text or any JSON object: the model sees it before the prompt, and nothing in it is acted upon.',
    values: valuesOf<string | object>({ anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] }),
  },
  {
    name: 'attachments',
    help: 'Files that the model sees before the prompt: each with a name, which is a label and no path, and its text, or its bytes in base64 (text, PNG, JPEG, GIF or WebP).',
    values: valuesOf<readonly SentFile[]>({
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1 },
          text: { type: 'string' },
          base64: { type: 'string', minLength: 1 },
        },
        required: ['name'],
        additionalProperties: false,
      },
    }),
  },
  {
    name: 'mcpServers',
    help: 'Names of MCP servers that Claude Code is given, among those that the operator has; default: all of those.',
    values: valuesOf<readonly string[]>({ type: 'array', items: { type: 'string', minLength: 1 } }),
  },
  {
    name: 'labels',
    help: 'Words to find the run by, and to count costs by: texts by name.',
    values: valuesOf<Readonly<Record<string, string>>>({ type: 'object' }),
  },
  {
    name: 'onDisconnect',
    help: 'What becomes of the run when who asked goes away before its end: stop, or continue, which is the default where nobody waits or there is an Idempotency-Key. With `wait=false`, stop means that the run ends once nobody has followed its events for a minute.',
    values: valuesOf<'stop' | 'continue'>({ type: 'string', enum: ['stop', 'continue'] }),
  },
  {
    name: 'callbackUrl',
    help: 'Where a signed message is posted when the run has ended; its host is one of those that the operator allows.',
    values: valuesOf<string>({ type: 'string', minLength: 1 }),
  },
];
