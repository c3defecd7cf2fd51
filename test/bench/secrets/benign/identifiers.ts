import { spell } from '../spell.ts';
import type { LookAlikes } from './look-alikes.ts';

/** Ids, numbers and names that are no secrets. */
export const IDENTIFIERS: LookAlikes = {
  'session-and-uuid': (random) => spell(random, '"session_id":"{uuid}","uuid":"{uuid}"'),
  'request-id': (random) => spell(random, 'X-Request-Id: {uuid}'),
  'aws-request-id': (random) => spell(random, 'x-amzn-RequestId: {uuid}'),
  'correlation-id': (random) => spell(random, 'correlation_id={uuid} user_id={dig 8} tenant={lownum 12}'),
  traceparent: (random) => spell(random, 'traceparent: 00-{hex 32}-{hex 16}-01'),
  'span-log': (random) => spell(random, 'trace_id={hex 32} span_id={hex 16} sampled=true'),
  'claude-ids': (random) =>
    spell(random, '"id":"msg_01{alnum 22}","tool_use_id":"toolu_01{alnum 22}","request_id":"req_01{alnum 22}"'),
  'openai-ids': (random) => spell(random, 'chatcmpl-{alnum 29} asst_{alnum 24} thread_{alnum 24} file-{alnum 24}'),
  'stripe-ids': (random) => spell(random, 'cus_{alnum 14} price_1{alnum 23} pi_3{alnum 23} evt_1{alnum 23}'),
  'stripe-publishable': (random) => spell(random, 'Stripe customer cus_{alnum 14} subscribed via sub_1{alnum 23}'),
  'slack-ids': (random) => spell(random, 'channel C{UPNUM 10} team T{UPNUM 10} user U{UPNUM 10} ts 1700000000.{dig 6}'),
  'discord-snowflake': (random) => spell(random, 'guild 1{dig 17} channel 1{dig 17}'),
  'twilio-sid': (random) => spell(random, 'messageSid: SM{hex 32}, accountSid: AC{hex 32}'),
  'github-node-id': (random) => spell(random, '"node_id": "MDQ6VXNlcj{alnum 10}", "gravatar_id": ""'),
  'arn-secret': (random) => spell(random, 'arn:aws:secretsmanager:us-east-1:{dig 12}:secret:prod/db-{letter 6}'),
  'arn-role': (random) => spell(random, 'arn:aws:iam::{dig 12}:role/token-rotator'),
  'arn-kms': (random) => spell(random, '"KmsKeyId": "arn:aws:kms:eu-west-1:{dig 12}:key/{uuid}"'),
  'aws-resource-ids': (random) =>
    spell(random, 'i-0{hex 16} vpc-0{hex 16} sg-0{hex 16} ami-0{hex 16} subnet-0{hex 16}'),
  'gcp-client-id': (random) => spell(random, 'client_id: {dig 12}-{lownum 32}.apps.googleusercontent.com'),
  'azure-ids': (random) => spell(random, 'subscription {uuid} tenant_id={uuid} client_id={uuid}'),
  ulid: (random) => spell(random, '01K{UPNUM 23}'),
  nanoid: (random) => spell(random, 'created item {url 21} in 12ms'),
  'mongo-object-id': (random) => spell(random, 'ObjectId("{hex 24}")'),
  'ethereum-address': (random) => spell(random, 'deployed TokenVault to 0x{hex 40}'),
  'ethereum-transaction': (random) => spell(random, 'tx hash: 0x{hex 64}'),
  'bitcoin-address': (random) => spell(random, 'sent 0.01 BTC to bc1q{lownum 38}'),
  ipfs: (random) => spell(random, 'Qm{alnum 44}'),
  'youtube-url': (random) => spell(random, 'https://www.youtube.com/watch?v={url 11}&list=PL{url 32}'),
  'google-doc-url': (random) => spell(random, 'https://docs.google.com/document/d/1{url 43}/edit'),
  'figma-url': (random) => spell(random, 'https://www.figma.com/file/{alnum 22}/Sign-in?node-id=12-345'),
  isbn: () => 'ISBN 978-3-16-148410-0, EAN 4006381333931, IBAN-check 97',
  'windows-guid': (random) =>
    spell(random, 'HKEY_CLASSES_ROOT\\CLSID\\') + `{${spell(random, '{uuid}').toUpperCase()}}`,
  'visual-studio-project': (random) => `<ProjectGuid>{${spell(random, '{uuid}').toUpperCase()}}</ProjectGuid>`,
  'public-key-token': (random) => spell(random, 'Version=4.0.0.0, Culture=neutral, PublicKeyToken={hex 16}'),
  'phone-and-ip': (random) =>
    spell(random, 'caller +41 44 {dig 3} 12 34 from 10.0.{dig 2}.7:52344 (aa:bb:cc:dd:ee:{hex 2})'),
  'semver-build': (random) => spell(random, 'app 1.4.2-beta.3+build.{hex 12}'),
  'kubernetes-pod': (random) => spell(random, 'pod/token-service-{lownum 10}-{lownum 5}   1/1   Running   0   3d'),
  'kubernetes-uid': (random) => spell(random, '  uid: {uuid}\n  resourceVersion: "{dig 8}"\n  generation: 2'),
  'sentry-event': (random) => spell(random, 'event_id={hex 32} release=web@{hex 40} environment=prod'),
  'mailing-list-id': (random) => spell(random, 'Message-ID: <CA+{url 44}@mail.gmail.com>'),
  'dkim-selector': (random) => spell(random, 'DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k1; bh={b64 43}=;'),
  'etherscan-url': (random) => spell(random, 'https://etherscan.io/tx/0x{hex 64}'),
};
