import { resolve } from 'node:path';
import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { read, type Settings } from '../../config/layers.ts';
import { strayVariables } from '../../config/derived-names.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { ServerSetup } from '../../doctor/checks/servers.ts';
import { examine } from '../../doctor/examine.ts';
import type { Finding, Told } from '../../doctor/finding.ts';
import { messageOf, SluiceError } from '../../errors.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { createPaint } from '../../sinks/pretty/theme.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import { FIRST_WORDS, firstWordsOf } from './first-words.ts';
import type { Io } from '../io.ts';
import { ADMIN_PORT } from '../service/open-service.ts';
import { createJsonPrinter, createLinesPrinter } from '../output/findings-printer.ts';
import type { Invocation } from '../program.ts';
import { printsJson } from '../settings/prints-json.ts';
import { chosenTemplate } from '../settings/chosen-template.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { findClaude } from '../settings/find-claude.ts';
import { flagName } from '../settings/flag-name.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { policyOf } from '../settings/server-policy.ts';
import { resolveServer } from '../settings/server-settings.ts';
import { loadSettings, originsOf, requestOf, settingsLeft } from '../settings/settings.ts';
import { colorLevel } from '../terminal/color-level.ts';

/**
 * Looks at the set-up that a run would find, and says what is wrong with it, why that matters and what to do. Returns the
 * exit code: 1 where something keeps runs from working. Broken settings are a finding like any other.
 * @throws SluiceError `usage` for an operand that it does not know
 */
export async function doctorCommand(invocation: Invocation, io: Io): Promise<number> {
  const [server, ...more] = invocation.operands;
  if (more.length > 0 || (server !== undefined && !firstWordsOf('doctor').includes(server)))
    throw new SluiceError(
      'usage',
      `${invocation.operands.join(' ')}: expected nothing, or ${FIRST_WORDS.doctor.join(' or ')}`,
    );
  const isJson = printsJson(invocation, 'doctor');
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const { settings, request, configuration } = await understand(invocation, io);
  const cwd = resolve(io.cwd, request.cwd ?? '.');
  const redaction = await redactorOptions(declaredSecrets(settings), io, stop.signal);
  const redactor = createRedactor({ ...redaction, env: io.env });
  redactor.addValues(inlineSecrets(request), 'configured');
  const screen = {
    isTTY: io.stdout.isTTY,
    columns: io.stdout.columns(),
    colorLevel: colorLevel(read(settings, OPTION.color), io.env, io.stdout.isTTY),
  };
  const findings = examine({
    setup: { env: io.env, cwd, claude: findClaude(settings, { env: io.env, cwd }) },
    request,
    host: { env: io.env, signal: stop.signal, redactor: redaction, origins: originsOf(settings), nameOption: flagName },
    nameOption: flagName,
    screen,
    ...(server === undefined ? {} : { server: serverSetup(server, settings, io) }),
    configuration,
    probe: invocation.switches.has('probe'),
    startMcp: invocation.switches.has('startMcp'),
  });
  const print = isJson
    ? createJsonPrinter(io.stdout)
    : createLinesPrinter(
        io.stdout,
        createPaint(screen.colorLevel),
        screen.isTTY ? screen.columns : Number.POSITIVE_INFINITY,
      );
  const told: Told[] = [];
  for await (const finding of findings) {
    const masked: Told = mapStrings(finding, (text) => redactor.redact(text).text);
    told.push(masked);
    await print.finding(masked);
  }
  await print.end(told);
  await io.stdout.flush();
  return told.some(({ level }) => level === 'error') ? 1 : 0;
}

/** What settings say; those that can't be used are told, and {@link settingsLeft} count. */
async function understand(invocation: Invocation, io: Io) {
  try {
    const settings = await loadSettings(invocation, io, await chosenTemplate(invocation, io));
    const request = requestOf(settings);
    return { settings, request, configuration: [...strays(io), summaryOf(settings)] };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    const flaw: Finding = {
      level: 'error',
      what: messageOf(error, flagName),
      why: 'each run would end as usage, exit code 2',
    };
    const request: RunRequest = {};
    return { settings: settingsLeft(invocation, io), request, configuration: [flaw, ...strays(io)] };
  }
}

function strays({ env }: Io): Finding[] {
  return strayVariables(env).map((what) => ({ level: 'warning', what, why: 'nothing reads it' }));
}

function summaryOf(settings: Settings): Finding {
  // A format that is typed is that of the findings.
  const set = [...settings.values()].filter(({ from }) => from !== 'default' && from !== '--output');
  const sources = [...new Set(set.map(({ from }) => from))];
  return {
    level: 'ok',
    what: set.length === 0 ? 'no settings: all is as by default' : `settings from ${sources.join(', ')}`,
    ...(set.length === 0 ? {} : { fix: 'sluice config shows them' }),
  };
}

function serverSetup(server: string, settings: Settings, io: Io): ServerSetup {
  const { mcp, gateway, access, adminPort } = resolveServer(settings);
  const isHttp = server === 'serve' || mcp.transport === 'streamable-http';
  const face = server === 'serve' ? gateway : mcp;
  const admin = adminPort ?? (isHttp ? ADMIN_PORT : 'off');
  return {
    ports: [
      ...(isHttp ? [{ host: face.host, port: face.port, flag: '--port' }] : []),
      ...(admin === 'off' ? [] : [{ host: '127.0.0.1', port: admin, flag: '--admin-port' }]),
    ],
    tokensFile: access.tokensFile,
    roots: read(settings, OPTION.serverRoots),
    flaw: policyFlaw(settings, io),
  };
}

function policyFlaw(settings: Settings, io: Io): string | null {
  try {
    policyOf(settings, io);
    return null;
  } catch (error) {
    return messageOf(error, flagName);
  }
}
