import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { isRecord } from '../../is-record.ts';
import { parsedJson } from '../../parsed-json.ts';
import type { Report } from '../../outcome/report-schema.ts';
import type { Answer } from '../../run/cache/answer-cache.ts';
import { decodeEvent, encodeEvent } from '../../sinks/backlog/stored-event.ts';
import { replaceFile } from '../../system/replace-file.ts';

/** What the first line of an answer's file says of it. */
export interface AnswerHead {
  /** When it was kept, ISO 8601 in UTC. */
  readonly at: string;
  /** When the day ended on which it was asked, likewise: claude tells the model what day it is. */
  readonly until: string;
  readonly runId: string;
  readonly model: string | null;
  /** What the run cost that asked. */
  readonly costUsd: number | null;
  /** The beginning of what was asked, redacted. */
  readonly instruction: string;
}

/** The same with what tells whether the file can be relied on. */
interface FirstLine extends AnswerHead {
  /** The version of sluice that wrote it. */
  readonly sluice: string;
  /** Of all that follows. */
  readonly checksum: string;
}

/** Bytes in which the first line ends. */
const MOST_HEAD = 16 * 1024;

/** Writes an answer, which is there whole or not at all: its head, its events and its report, a line each. @throws the system's error */
export function writeAnswer(path: string, sluice: string, head: AnswerHead, { events, report }: Answer): void {
  const body = [...events.map(encodeEvent), JSON.stringify(report), ''].join('\n');
  const first: FirstLine = { sluice, ...head, checksum: checksumOf(body) };
  replaceFile(path, `${JSON.stringify(first)}\n${body}`);
}

/**
 * An answer as it was written.
 * @throws the system's error, `ENOENT` where there is none, or an Error that says why the file can't be relied on
 */
export function readAnswer(path: string, sluice: string): Answer & { readonly head: AnswerHead } {
  const text = readFileSync(path, 'utf8');
  const end = text.indexOf('\n') + 1;
  const head = headOf(text.slice(0, end));
  if (head.sluice !== sluice) throw new Error('another version of sluice wrote it');
  const body = text.slice(end);
  if (checksumOf(body) !== head.checksum) throw new Error('it is not what was written');
  const lines = body.split('\n').slice(0, -1);
  // What has that checksum is what was written as a report.
  const report: Report = JSON.parse(lines.at(-1) ?? '');
  return { head, events: lines.slice(0, -1).map(decodeEvent), report };
}

/** What the first line says. @throws as `readAnswer` */
export function readHead(path: string): AnswerHead {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MOST_HEAD);
    const text = bytes.toString('utf8', 0, readSync(descriptor, bytes));
    return headOf(text.slice(0, text.indexOf('\n') + 1));
  } finally {
    closeSync(descriptor);
  }
}

function headOf(line: string): FirstLine {
  const head = parsedJson(line);
  if (!isRecord(head)) throw new Error('its beginning is damaged');
  const { sluice, at, until, runId, model, costUsd, instruction, checksum } = head;
  if (
    typeof sluice !== 'string' ||
    typeof at !== 'string' ||
    Number.isNaN(Date.parse(at)) ||
    typeof until !== 'string' ||
    Number.isNaN(Date.parse(until)) ||
    typeof runId !== 'string' ||
    typeof instruction !== 'string' ||
    typeof checksum !== 'string'
  )
    throw new Error('its beginning is damaged');
  return {
    sluice,
    at,
    until,
    runId,
    model: typeof model === 'string' ? model : null,
    costUsd: typeof costUsd === 'number' ? costUsd : null,
    instruction,
    checksum,
  };
}

/** FNV-1a of 32 bits. It shows damage; whoever may write here could write a digest, too, and that would take longer. */
function checksumOf(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(16);
}
