import { AUTHORIZATION_ANCHORS, AUTHORIZATION_KINDS } from './web/authorization-header.ts';
import { SQL_ANCHORS } from './code/sql.ts';
import { CREDENTIAL_CALL_ANCHORS } from './code/credential-call.ts';
import { DIRECTIVE_ANCHORS } from './files/directives.ts';
import { ENCRYPTED_VALUE_ANCHORS, ENCRYPTED_VALUE_KINDS } from './keys/encrypted-values.ts';
import { KUBERNETES_SECRET_ANCHORS, KUBERNETES_SECRET_KINDS } from './files/kubernetes-secret.ts';
import { FRAMEWORK_SECRET_ANCHORS } from './files/framework-secrets.ts';
import { PIPED_SECRET_ANCHORS } from './commands/piped-secret.ts';
import { PRINTED_SECRET_ANCHORS } from './commands/printed-secret.ts';
import { WIFI_ANCHORS, WIFI_CODE_ANCHORS, WIFI_NOTE_ANCHOR, WIFI_PROFILE_ANCHOR } from './files/wifi.ts';
import { XML_PASSWORD_ANCHORS } from './files/xml-password.ts';
import { ASSIGNMENT_ANCHORS, ASSIGNMENT_KINDS } from './assignment/assignment.ts';
import { BASIC_ANCHOR, BEARER_ANCHOR } from './web/authorization.ts';
import { COMMAND_ANCHORS } from './commands/command-line.ts';
import { COOKIE_ANCHOR } from './web/cookie.ts';
import { JWT_ANCHOR } from './keys/jwt.ts';
import { JWK_ANCHORS } from './keys/jwk.ts';
import { KEY_BLOCK_ANCHORS, KEY_BLOCK_KINDS } from './keys/key-blocks.ts';
import { NETRC_ANCHORS } from './files/netrc.ts';
import { PASSWORD_HASH_ANCHORS, PASSWORD_HASH_KINDS } from './keys/password-hash.ts';
import { PEM_ANCHOR } from './keys/pem.ts';
import { PGPASS_ANCHORS } from './files/pgpass.ts';
import { ANNOUNCED_PASSWORD_ANCHORS } from './prose/announced-password.ts';
import { PASSPHRASE_ANCHOR } from './prose/passphrase.ts';
import { USER_AND_PASSWORD_ANCHORS } from './prose/user-and-password.ts';
import { GO_DSN_ANCHORS } from './code/go-dsn.ts';
import { KAGGLE_KEY_ANCHOR } from './files/kaggle-key.ts';
import { KNOWN_SETTING_ANCHORS } from './files/known-settings.ts';
import { MNEMONIC_ANCHORS } from './keys/mnemonic.ts';
import type { Anchor } from '../scan/span.ts';
import { URL_QUERY_ANCHORS, URL_QUERY_KINDS } from './web/url-query.ts';
import { URL_USERINFO_ANCHORS } from './web/url-userinfo.ts';

import { VALUE_FIRST_ANCHORS } from './files/value-first.ts';
import { JOB_COMMAND_ANCHORS } from './files/job-commands.ts';
import { OPENSSL_TEXT_ANCHORS } from './keys/openssl-text.ts';

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
  ...NETRC_ANCHORS,
  ...PGPASS_ANCHORS,
  ...KEY_BLOCK_ANCHORS,
  ...JWK_ANCHORS,
  ...PASSWORD_HASH_ANCHORS,
  ...AUTHORIZATION_ANCHORS,
  ...SQL_ANCHORS,
  ...CREDENTIAL_CALL_ANCHORS,
  ...DIRECTIVE_ANCHORS,
  ...ENCRYPTED_VALUE_ANCHORS,
  ...KUBERNETES_SECRET_ANCHORS,
  ...FRAMEWORK_SECRET_ANCHORS,
  ...PIPED_SECRET_ANCHORS,
  ...PRINTED_SECRET_ANCHORS,
  ...WIFI_ANCHORS,
  ...WIFI_CODE_ANCHORS,
  WIFI_NOTE_ANCHOR,
  WIFI_PROFILE_ANCHOR,
  ...XML_PASSWORD_ANCHORS,
  ...ANNOUNCED_PASSWORD_ANCHORS,
  PASSPHRASE_ANCHOR,
  ...USER_AND_PASSWORD_ANCHORS,
  ...GO_DSN_ANCHORS,
  KAGGLE_KEY_ANCHOR,
  ...KNOWN_SETTING_ANCHORS,
  ...MNEMONIC_ANCHORS,
  ...VALUE_FIRST_ANCHORS,
  ...JOB_COMMAND_ANCHORS,
  ...OPENSSL_TEXT_ANCHORS,
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
  'aws-secret-key',
  'url-password',
  'bearer-token',
  'basic-credentials',
  'cookie',
  'seed-phrase',
];
