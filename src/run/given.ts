import { asSluiceError, SluiceError } from '../errors.ts';
import { FINDINGS_SCHEMA } from '../outcome/findings.ts';
import { checkRequest } from '../request/check-request.ts';
import { expectValue } from '../request/expected.ts';
import { locatedRequest } from '../request/paths.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Sink } from '../sinks/sink.ts';
import { checkHost } from './check-host.ts';
import type { Host } from './host.ts';

/** What a caller gave, of which all can be relied on. */
export interface Given {
  /** With absolute paths: relative ones count from the current directory. Empty where something is wrong. */
  readonly request: RunRequest;
  readonly host: Host;
  /** Those that are sinks: they are told how it ended, whatever is wrong with the rest. */
  readonly sinks: readonly Sink[];
  /** What is wrong: `usage`, for anything that is not what its type says. */
  readonly fault: SluiceError | null;
}

/** Looks at what a caller gave, who is told of what is wrong by an ending: nothing is thrown. */
export function given(request: unknown, sinks: unknown, host: unknown): Given {
  const sound = Array.isArray(sinks) ? sinks.filter(isSink) : [];
  try {
    checkHost(host);
    expectValue('sinks', { expected: 'a list of sinks, each with write and close', is: areSinks }, sinks);
    checkRequest(request, host.origins);
    refuseTwoAnswers(request, host);
    return { request: withFindings(locatedRequest(request, '')), host, sinks: sound, fault: null };
  } catch (error) {
    return { request: {}, host: {}, sinks: sound, fault: asSluiceError(error) };
  }
}

/** Findings are asked for by their schema. */
function withFindings(request: RunRequest): RunRequest {
  return request.findings === true ? { ...request, jsonSchema: FINDINGS_SCHEMA } : request;
}

/** Claude takes one of the two. */
function refuseTwoAnswers({ permissionPromptTool }: RunRequest, { canUseTool, origins = {} }: Host): void {
  if (permissionPromptTool === undefined || canUseTool === undefined) return;
  throw new SluiceError(
    'usage',
    (name) =>
      `${origins['permissionPromptTool'] ?? name('permissionPromptTool')}: somebody else answers already; leave one of them out`,
  );
}

function areSinks(value: unknown): boolean {
  return Array.isArray(value) && Array.from(value).every(isSink);
}

function isSink(value: unknown): value is Sink {
  return ['write', 'close'].every((method) => typeof Reflect.get(Object(value), method) === 'function');
}
