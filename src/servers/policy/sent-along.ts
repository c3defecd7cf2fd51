import { readJson } from '../../claude/start/read-json.ts';
import { isRecord } from '../../is-record.ts';
import type { Prompt, PromptImage } from '../../request/prompt.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { decodeText } from '../../system/decode-text.ts';
import type { Policy } from '../policy.ts';
import type { QueryRequest } from '../../request/query-schema.ts';
import type { SentFile } from '../../request/sent-along.ts';
import { malformed } from '../refusal.ts';
import { forbidden } from './forbidden.ts';
import { quoted } from './quoted.ts';

/** How many files may be sent along, and how many labels there may be. */
const MOST_FILES = 100;
const MOST_LABELS = 20;

/** UTF-16 units of a file's name, and of a label's name and text. */
const LONGEST_NAME = 200;

/**
 * The prompt of a request, with what was sent along. Nothing in it is acted upon by claude.
 * @throws Refusal `validation_error` for a file that is neither text nor a picture
 */
export function promptOf({ prompt, context, attachments = [] }: QueryRequest): Prompt {
  if (attachments.length > MOST_FILES) throw malformed('attachments', `there may be ${MOST_FILES}`);
  const files = attachments.map(readFile);
  const texts = files.flatMap((file) => ('text' in file ? [file] : []));
  const images = files.flatMap((file) => ('base64' in file ? [file] : []));
  const known = context === undefined ? [] : [{ name: 'context', text: textOf(context) }];
  return {
    inert: prompt,
    ...(known.length + texts.length === 0 ? {} : { attachments: [...known, ...texts] }),
    ...(images.length === 0 ? {} : { images }),
  };
}

/** Bytes of what a request sends along, in the forms in which it goes to claude. */
export function sizeOfSentAlong(prompt: Prompt): number {
  const texts = (prompt.attachments ?? []).map(({ text }) => text);
  const images = (prompt.images ?? []).map(({ base64 }) => base64);
  return [...texts, ...images].reduce((size, text) => size + Buffer.byteLength(text), 0);
}

function textOf(context: string | object): string {
  return typeof context === 'string' ? context : JSON.stringify(context, null, 2);
}

function readFile({ name, text, base64 }: SentFile, index: number): { name: string; text: string } | PromptImage {
  const field = `attachments[${index}]`;
  if (name.length > LONGEST_NAME) throw malformed(`${field}.name`, `it may have ${LONGEST_NAME} characters`);
  if ((text === undefined) === (base64 === undefined)) throw malformed(field, 'it has either text or base64');
  if (text !== undefined) return { name, text };
  const bytes = bytesOf(base64 ?? '');
  if (bytes === null) throw malformed(`${field}.base64`, 'it is no base64');
  const mediaType = mediaTypeOf(bytes);
  if (mediaType !== null) return { name, mediaType, base64: bytes.toString('base64') };
  const decoded = decodedText(bytes);
  if (decoded === null) throw malformed(field, 'it is neither text nor a PNG, JPEG, GIF or WebP');
  return { name, text: decoded };
}

function bytesOf(base64: string): Buffer | null {
  return /^[\w+/-]*={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : null;
}

/** What a picture's first bytes say that it is. */
function mediaTypeOf(bytes: Buffer): PromptImage['mediaType'] | null {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png';
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  return /^RIFF.{4}WEBP/s.test(head) ? 'image/webp' : null;
}

function decodedText(bytes: Buffer): string | null {
  const { text, replaced } = decodeText(bytes);
  return replaced > 0 || text.includes('\0') ? null : text;
}

/**
 * The MCP servers of a run whose caller names some: those of the operator's, and no others.
 * @throws Refusal `forbidden` for one that is not among them
 */
export function chosenServers(
  { mcpServers }: QueryRequest,
  { request: { mcpConfig } }: Policy,
): Pick<RunRequest, 'mcpConfig' | 'strictMcpConfig'> {
  if (mcpServers === undefined) return {};
  const entries = mcpConfig === undefined ? [] : [mcpConfig].flat().flatMap((config) => entriesOf(config));
  const known = new Map(entries);
  const chosen = mcpServers.map((name) => {
    const server = known.get(name);
    if (server === undefined) throw forbidden('mcpServers', `${quoted(name)} is not allowed`, [...known.keys()]);
    return [name, server] as const;
  });
  return { mcpConfig: { mcpServers: Object.fromEntries(chosen) }, strictMcpConfig: true };
}

function entriesOf(config: Parameters<typeof readJson>[1]): [string, unknown][] {
  const { mcpServers } = Object(readJson('mcpConfig', config));
  return isRecord(mcpServers) ? Object.entries(mcpServers) : [];
}

/**
 * The labels of a request.
 * @throws Refusal `validation_error` for what is none
 */
export function labelsOf({ labels = {} }: QueryRequest): Readonly<Record<string, string>> {
  const entries = Object.entries(labels);
  if (entries.length > MOST_LABELS) throw malformed('labels', `there may be ${MOST_LABELS}`);
  for (const [name, text] of entries) {
    if (!/^[A-Za-z][\w.-]{0,62}$/.test(name)) throw malformed('labels', `${quoted(name)} is no name of a label`);
    if (typeof text !== 'string' || text.length > LONGEST_NAME)
      throw malformed(`labels.${name}`, `expected a text of up to ${LONGEST_NAME} characters`);
  }
  return labels;
}
