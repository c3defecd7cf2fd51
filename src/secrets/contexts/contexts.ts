import { ASSIGNMENT_ANCHORS, ASSIGNMENT_KINDS } from './assignment/assignment.ts';
import { BASIC_ANCHOR, BEARER_ANCHOR } from './authorization.ts';
import { CURL_ANCHOR } from './command-line.ts';
import { COOKIE_ANCHOR } from './cookie.ts';
import { JWT_ANCHOR } from './jwt.ts';
import { NETRC_ANCHOR } from './netrc.ts';
import { PEM_ANCHOR } from './pem.ts';
import { PLACEHOLDER_ANCHOR } from '../placeholders.ts';
import type { Anchor } from '../scan/span.ts';
import { TELEGRAM_ANCHOR } from './telegram.ts';
import { URL_USERINFO_ANCHOR } from './url-userinfo.ts';

/** Everything that is known by its surroundings or its structure rather than by a prefix. */
export const CONTEXT_ANCHORS: readonly Anchor[] = [
  PLACEHOLDER_ANCHOR,
  PEM_ANCHOR,
  JWT_ANCHOR,
  URL_USERINFO_ANCHOR,
  BEARER_ANCHOR,
  BASIC_ANCHOR,
  COOKIE_ANCHOR,
  CURL_ANCHOR,
  NETRC_ANCHOR,
  TELEGRAM_ANCHOR,
  ...ASSIGNMENT_ANCHORS,
];

/** The kinds that those find. */
export const CONTEXT_KINDS: readonly string[] = [
  ...ASSIGNMENT_KINDS,
  'private-key',
  'jwt',
  'url-password',
  'bearer-token',
  'basic-credentials',
  'cookie',
  'telegram-token',
];
