import { isRecord } from '../is-record.ts';
import { expectValue, type Expected } from '../request/expected.ts';
import { conforms, type ValueSchema } from '../request/kinds/schema.ts';
import type { Host } from './host.ts';

/**
 * Makes sure that a host is one; what is undefined counts as absent.
 * @throws SluiceError `usage` that names what is not
 */
export function checkHost(host: unknown): asserts host is Host {
  expectValue('host', HOST, host);
  for (const [name, expected] of Object.entries(PARTS)) {
    const value: unknown = Reflect.get(Object(host), name);
    if (value !== undefined) expectValue(`host.${name}`, expected, value);
  }
}

const HOST: Expected = {
  expected: 'an object with signal, env and the like',
  is: (value) => isRecord(value) && !(value instanceof AbortSignal),
};
const METHOD: Expected = { expected: 'a function', is: (value) => typeof value === 'function' };
const SIGNAL: Expected = { expected: 'an AbortSignal', is: (value) => value instanceof AbortSignal };
const TEXTS: Expected = {
  expected: 'an object of texts',
  is: (value) =>
    isRecord(value) && Object.values(value).every((item) => item === undefined || typeof item === 'string'),
};

const TEXT_LIST: ValueSchema = { type: 'array', items: { type: 'string' } };

const REDACTOR: ValueSchema = {
  type: 'object',
  properties: {
    env: { type: 'object' },
    values: TEXT_LIST,
    secretEnv: TEXT_LIST,
    patterns: {
      type: 'array',
      items: {
        type: 'object',
        properties: { kind: { type: 'string' }, pattern: { type: 'string' } },
        required: ['kind', 'pattern'],
      },
    },
    allow: { type: 'object', properties: { kinds: TEXT_LIST, values: TEXT_LIST, patterns: TEXT_LIST } },
  },
};

const PARTS: Readonly<Record<keyof Host, Expected>> = {
  runId: { expected: 'a text', is: (value) => typeof value === 'string' },
  signal: SIGNAL,
  forceStop: SIGNAL,
  suspension: {
    expected: 'an object with subscribe',
    is: (value) => isRecord(value) && METHOD.is(Reflect.get(value, 'subscribe')),
  },
  prompt: METHOD,
  env: TEXTS,
  redactor: {
    expected: 'an object with env, values, secretEnv, patterns, allow',
    is: (value) => conforms(REDACTOR, value) && TEXTS.is(Reflect.get(Object(value), 'env') ?? {}),
  },
  discreet: { expected: 'true or false', is: (value) => typeof value === 'boolean' },
  nameOption: METHOD,
  canUseTool: METHOD,
  beforeTool: METHOD,
  settings: {
    expected: 'an object with key, a text, and make and mayShow, functions',
    is: (value) =>
      isRecord(value) &&
      typeof value['key'] === 'string' &&
      METHOD.is(value['make']) &&
      (value['mayShow'] === undefined || METHOD.is(value['mayShow'])),
  },
  cache: { expected: 'an object with open', is: (value) => isRecord(value) && METHOD.is(value['open']) },
  budget: { expected: 'an object with open', is: (value) => isRecord(value) && METHOD.is(value['open']) },
  pool: { expected: 'a pool of createPool', is: (value) => isRecord(value) && METHOD.is(value['launch']) },
  folder: {
    expected: 'DEVICE:INODE, both numbers',
    is: (value) => typeof value === 'string' && /^\d+:\d+$/.test(value),
  },
  origins: TEXTS,
};
