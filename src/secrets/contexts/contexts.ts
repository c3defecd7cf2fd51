import { AUTHORIZATION_ANCHORS, AUTHORIZATION_KINDS } from './authorization-header.ts';
import { SQL_ANCHORS } from './sql.ts';
import { CREDENTIAL_CALL_ANCHORS } from './credential-call.ts';
import { DIRECTIVE_ANCHORS } from './directives.ts';
import { ENCRYPTED_VALUE_ANCHORS, ENCRYPTED_VALUE_KINDS } from './encrypted-values.ts';
import { KUBERNETES_SECRET_ANCHORS, KUBERNETES_SECRET_KINDS } from './kubernetes-secret.ts';
import { FRAMEWORK_SECRET_ANCHORS } from './framework-secrets.ts';
import { PIPED_SECRET_ANCHORS } from './piped-secret.ts';
import { WIFI_ANCHORS } from './wifi.ts';
import { XML_PASSWORD_ANCHORS } from './xml-password.ts';
import { ASSIGNMENT_ANCHORS, ASSIGNMENT_KINDS } from './assignment/assignment.ts';
import { BASIC_ANCHOR, BEARER_ANCHOR } from './authorization.ts';
import { COMMAND_ANCHORS } from './command-line.ts';
import { COOKIE_ANCHOR } from './cookie.ts';
import { JWT_ANCHOR } from './jwt.ts';
import { JWK_ANCHORS } from './jwk.ts';
import { KEY_BLOCK_ANCHORS, KEY_BLOCK_KINDS } from './key-blocks.ts';
import { NETRC_ANCHOR } from './netrc.ts';
import { PASSWORD_HASH_ANCHORS, PASSWORD_HASH_KINDS } from './password-hash.ts';
import { PEM_ANCHOR } from './pem.ts';
import { PGPASS_ANCHORS } from './pgpass.ts';
import { ANNOUNCED_PASSWORD_ANCHORS } from './announced-password.ts';
import { APP_PASSWORD_ANCHORS } from './app-password.ts';
import { GO_DSN_ANCHORS } from './go-dsn.ts';
import { KAGGLE_KEY_ANCHOR } from './kaggle-key.ts';
import { KNOWN_SETTING_ANCHORS } from './known-settings.ts';
import { MNEMONIC_ANCHORS } from './mnemonic.ts';
import type { Anchor } from '../scan/span.ts';
import { TELEGRAM_ANCHOR } from './telegram.ts';
import { URL_QUERY_ANCHORS, URL_QUERY_KINDS } from './url-query.ts';
import { URL_USERINFO_ANCHORS } from './url-userinfo.ts';

/** Everything that is known by its surroundings or its structure rather than by a prefix. */
export const CONTEXT_ANCHORS: readonly Anchor[] = [
  PEM_ANCHOR,
  JWT_ANCHOR,
  ...URL_USERINFO_ANCHORS,
  ...URL_QUERY_ANCHORS,
  BEARER_ANCHOR,
  BASIC_ANCHOR,
  COOKIE_ANCHOR,
  ...COMMAND_ANCHORS,
  NETRC_ANCHOR,
  ...PGPASS_ANCHORS,
  ...KEY_BLOCK_ANCHORS,
  ...JWK_ANCHORS,
  ...PASSWORD_HASH_ANCHORS,
  TELEGRAM_ANCHOR,
  ...AUTHORIZATION_ANCHORS,
  ...SQL_ANCHORS,
  ...CREDENTIAL_CALL_ANCHORS,
  ...DIRECTIVE_ANCHORS,
  ...ENCRYPTED_VALUE_ANCHORS,
  ...KUBERNETES_SECRET_ANCHORS,
  ...FRAMEWORK_SECRET_ANCHORS,
  ...PIPED_SECRET_ANCHORS,
  ...WIFI_ANCHORS,
  ...XML_PASSWORD_ANCHORS,
  ...ANNOUNCED_PASSWORD_ANCHORS,
  ...APP_PASSWORD_ANCHORS,
  ...GO_DSN_ANCHORS,
  KAGGLE_KEY_ANCHOR,
  ...KNOWN_SETTING_ANCHORS,
  ...MNEMONIC_ANCHORS,
  ...ASSIGNMENT_ANCHORS,
];

/** The kinds that those find. */
export const CONTEXT_KINDS: readonly string[] = [
  ...ASSIGNMENT_KINDS,
  ...KEY_BLOCK_KINDS,
  ...PASSWORD_HASH_KINDS,
  ...URL_QUERY_KINDS,
  ...AUTHORIZATION_KINDS,
  ...ENCRYPTED_VALUE_KINDS,
  ...KUBERNETES_SECRET_KINDS,
  'private-key',
  'jwt',
  'url-password',
  'bearer-token',
  'basic-credentials',
  'cookie',
  'telegram-token',
  'seed-phrase',
];
