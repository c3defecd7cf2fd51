import { CALLER_FIELDS, type CallerField, nameForCallers } from '../../request/caller-fields.ts';
import { checkRequest } from '../../request/check-request.ts';
import { narrow, widest } from '../../request/narrowing/narrow.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Policy } from '../policy.ts';
import type { QueryRequest } from '../../request/query-schema.ts';
import { Refusal } from '../refusal.ts';
import { forbidden } from './forbidden.ts';
import { quoted } from './quoted.ts';

/**
 * What a request and the operator ask of a run together: the one narrows the other, or is refused. Nothing is changed
 * silently.
 * @throws Refusal `forbidden` for what goes further than the operator allows
 */
export function narrowedRequest(request: QueryRequest, policy: Policy): RunRequest {
  const asked = new Map<string, unknown>(Object.entries(request));
  const set = CALLER_FIELDS.map((field) => {
    const value = asked.get(nameForCallers(field));
    return [field.name, value === undefined ? unasked(field, policy) : narrowed(field, value, policy)] as const;
  });
  const run = { ...policy.request, ...Object.fromEntries(set.filter(([, value]) => value !== undefined)) };
  checkRequest(run, policy.origins);
  return run;
}

/** The most that callers may give of a field; undefined where there is no limit. */
export function limitOf(field: CallerField, policy: Policy): unknown {
  const lists = new Map<string, readonly string[] | null>(
    Object.entries({
      cwd: policy.roots,
      permissionMode: policy.modes,
      model: policy.models,
      allowedTools: policy.tools,
    }),
  );
  const list = lists.get(field.name);
  return list === undefined
    ? widest(field.caller.narrowing, ownValue(field, policy) ?? field.default)
    : (list ?? undefined);
}

function unasked(field: CallerField, policy: Policy): unknown {
  return widest(field.caller.narrowing, ownValue(field, policy));
}

function ownValue({ name }: CallerField, { request }: Policy): unknown {
  return new Map<string, unknown>(Object.entries(request)).get(name);
}

function narrowed(field: CallerField, value: unknown, policy: Policy): unknown {
  const { narrowing, negated } = field.caller;
  const result = narrow(narrowing, negated === true ? value !== true : value, limitOf(field, policy), field.default);
  const name = nameForCallers(field);
  switch (result.verdict) {
    case 'within':
      return result.value;
    case 'beyond':
      throw Array.isArray(result.allowed)
        ? forbidden(name, `${shown(result.excess)} is not allowed`, result.allowed.map(String))
        : overLimit(name, result.excess, result.allowed);
    case 'refused':
      throw forbidden(name, `${shown(value)} is not allowed`, result.allowed);
    default:
      return result satisfies never;
  }
}

function overLimit(field: string, asked: unknown, limit: unknown): Refusal {
  const message = `${field}: ${JSON.stringify(asked)} is over the limit of ${JSON.stringify(limit)}`;
  return new Refusal('forbidden', message, { field, allowed: limit });
}

function shown(value: unknown): string {
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
}
