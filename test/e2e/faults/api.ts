import * as scenarios from '../../support/scenarios.ts';
import type { Fault } from './fault.ts';

/**
 * What an API can do to a run, with the real claude. `--retries` keeps the endless ones short. Whatever else ends by a
 * limit of time is in `real/stopping.test.ts`, and what claude itself tries again after a tool in `real/retries.test.ts`.
 * What the pinned claude makes of an answer at once is known from a recording, and any other one is started for it.
 */
export const API_FAULTS: readonly Fault[] = [
  { name: '400', recording: 'e400', script: scenarios.badRequest, ends: { class: 'invalid_request' } },
  { name: '400, no credit left', recording: 'ebilling', script: scenarios.unpaid, ends: { class: 'billing' } },
  {
    name: '400, the prompt is too long',
    recording: 'e400toolong',
    script: scenarios.promptTooLong,
    ends: { class: 'prompt_too_long' },
  },
  { name: '401', script: scenarios.unauthenticated, ends: { class: 'auth', partial: true, within: 5 } },
  { name: '403', recording: 'e403', script: scenarios.forbidden, ends: { class: 'auth' } },
  {
    name: '404, no such model',
    recording: 'e404model',
    script: scenarios.unknownModel,
    ends: { class: 'invalid_request' },
  },
  { name: '413', recording: 'e413', script: scenarios.tooLarge, ends: { class: 'prompt_too_long' } },
  {
    name: '429, to be tried again soon, 500, 529, and connections reset before the reply and in mid-stream, each once',
    script: scenarios.failingOnceEach,
    ends: { class: 'success', within: 20 },
  },
  {
    name: '429 for ever',
    recording: 'e429-maxretries0',
    flags: ['--retries', '0'],
    script: scenarios.rateLimited,
    ends: { class: 'rate_limited' },
  },
  {
    name: '429, to be tried again in an hour',
    recording: 'e429-hour',
    script: scenarios.rateLimitedForAnHour,
    ends: { class: 'rate_limited' },
  },
  {
    name: '500 for ever',
    recording: 'e500-maxretries0',
    flags: ['--retries', '0'],
    script: scenarios.broken,
    ends: { class: 'api_error' },
  },
  {
    name: '529 for ever',
    recording: 'e529-maxretries2',
    flags: ['--retries', '2'],
    script: scenarios.overloaded,
    ends: { class: 'overloaded' },
  },
  {
    name: 'connection reset before the reply, for ever',
    recording: 'resetbefore',
    flags: ['--retries', '0'],
    script: scenarios.resetBeforeReply,
    ends: { class: 'network' },
  },
  {
    name: 'connection reset in mid-stream, for ever',
    recording: 'resetmid-maxretries0',
    flags: ['--retries', '0'],
    script: scenarios.resetMidStream,
    ends: { class: 'network' },
  },
  {
    name: 'an error event in mid-stream',
    recording: 'sseError-halfway',
    flags: ['--retries', '0'],
    script: scenarios.errorEvent,
    ends: { class: 'api_error' },
  },
  {
    name: 'malformed stream',
    recording: 'malformed-maxretries1',
    flags: ['--retries', '0'],
    script: scenarios.malformedStream,
    ends: { class: 'api_error' },
  },
  {
    name: 'a web page with status 200',
    recording: 'html200-maxretries0',
    flags: ['--retries', '0'],
    script: scenarios.htmlPage,
    ends: { class: 'api_error' },
  },
  {
    name: 'empty stream',
    recording: 'emptystream-maxretries1',
    flags: ['--retries', '0'],
    script: scenarios.emptyStream,
    ends: { class: 'api_error' },
  },
  {
    name: 'silence in mid-stream, pieces of text asked for',
    flags: ['--include-partial-messages', '--idle-timeout', 'text=3s'],
    script: scenarios.stalling,
    ends: { class: 'stalled', partial: true },
  },
  {
    name: 'no answer at all',
    flags: ['--idle-timeout', 'api=3s'],
    script: scenarios.hanging,
    ends: { class: 'stalled', partial: true },
  },
  {
    name: 'connection refused',
    recording: 'connrefused-maxretries0',
    flags: ['--retries', '0'],
    how: { api: { url: 'http://127.0.0.1:9' } },
    ends: { class: 'network' },
  },
  {
    name: 'a host that has no address',
    recording: 'dnsfail',
    flags: ['--retries', '0'],
    how: { api: { url: `http://${'x'.repeat(64)}.invalid` } },
    ends: { class: 'network' },
  },
  { name: 'refusal', recording: 'refusal', script: scenarios.refused, ends: { class: 'refused' } },
  {
    name: 'replies cut at the token limit',
    recording: 'maxtokens-forever',
    script: scenarios.tokenLimit,
    ends: { class: 'failed' },
  },
];
