import { askedOf } from '../claude/start/asked.ts';
import { ownName } from '../errors.ts';
import type { Evidence } from '../outcome/evidence.ts';
import { failOnOf } from '../outcome/fail-on.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Host } from './host.ts';
import type { State } from './state.ts';

/** What there is to judge a run by beside its stream, as far as it is known. */
export function evidenceOf(request: RunRequest, host: Host, state: State): Omit<Evidence, 'facts'> {
  const { exit, lookBack, fault, isClaude, prompt, notes } = state;
  return {
    exit,
    stderr: exit?.stderr ?? '',
    ...(isClaude === undefined ? {} : { isClaude }),
    stoppedBy: exit?.stoppedBy ?? state.stoppedBy,
    stopDetail: exit?.stopDetail ?? null,
    ...(exit === null ? {} : { aftermath: { ...exit.survivors, abandoned: exit.abandoned } }),
    ...(exit === null ? {} : { servers: { heard: heardOf(exit, host), given: lookBack?.servers ?? [] } }),
    ...(exit === null || exit.approvals.length === 0 ? {} : { approvals: [...exit.approvals] }),
    sessionFolder: lookBack?.sessionFolder ?? null,
    remarks: [...(prompt?.warnings ?? []), ...remarksOf(request, state, host), ...notes],
    fault: fault && { code: fault.code, message: fault.told(host.nameOption) },
    nameOption: host.nameOption,
    asked: {
      ...askedOf(request, request.passThrough ?? []),
      schema: request.jsonSchema !== undefined,
      failOn: failOnOf(request),
      findings: request.findings === true,
      failOnFindings: request.failOnFindings,
      resourceLimits: request.maxMemory !== undefined || request.maxProcesses !== undefined,
    },
    endedAt: Date.now(),
  };
}

/** Why a server failed may name programs and addresses. */
function heardOf({ servers }: NonNullable<State['exit']>, { discreet }: Host): typeof servers {
  if (servers === null || discreet !== true) return servers;
  return servers.map(({ name, status }) => ({ name, status }));
}

/** What was done otherwise than asked. */
function remarksOf(
  { cwd = process.cwd() }: RunRequest,
  { schema, lookBack, launched }: State,
  { nameOption: name = ownName, discreet }: Host,
): string[] {
  const covered = launched?.concealed?.covered ?? [];
  return [
    ...(covered.length === 0
      ? []
      : [
          `${name('scrubToolEnv')}: claude needs ${discreet === true ? 'credentials' : covered.join(', ')} in its own environment, where tools that look for it find it, and hooks that name their arguments get it; an API key or a login's token alone is handed over out of sight`,
        ]),
    ...(schema === null || schema.leftOut.length === 0
      ? []
      : [`${name('jsonSchema')}: what no draft of JSON Schema knows was left out: ${schema.leftOut.join(', ')}`]),
    ...(lookBack?.beganAnew === true
      ? [`${name('continue')}: there was no conversation of ${cwd} to go on with; this is a new one`]
      : []),
  ];
}
