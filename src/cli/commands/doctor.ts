import { resolve } from 'node:path';
import { inlineSecrets } from '../../claude/start/inline-secrets.ts';
import { locateClaude } from '../../claude/start/locate.ts';
import { read, resolveSettings, type Settings } from '../../config/layers.ts';
import { strayVariables } from '../../config/names.ts';
import { OPTION } from '../../config/options/options.ts';
import type { ServerSetup } from '../../doctor/checks/servers.ts';
import { examine } from '../../doctor/examine.ts';
import type { Finding, Level, Told } from '../../doctor/finding.ts';
import { messageOf, SluiceError } from '../../errors.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { createRedactor } from '../../secrets/redactor.ts';
import { createPaint, type Ink, type Paint } from '../../sinks/pretty/theme.ts';
import { escapeJson, oneLine } from '../../sinks/safe-text.ts';
import { mapStrings } from '../../stream/map-strings.ts';
import type { Io } from '../io.ts';
import { ADMIN_PORT } from '../open-service.ts';
import type { Invocation } from '../program.ts';
import { declaredSecrets } from '../settings/declared-secrets.ts';
import { flagName } from '../settings/flag-name.ts';
import { redactorOptions } from '../settings/redactor-options.ts';
import { policyOf } from '../settings/server-policy.ts';
import { resolveServer } from '../settings/server-settings.ts';
import { loadSettings, originsOf, requestOf } from '../settings/settings.ts';
import { whereSet } from '../settings/where-set.ts';
import { colorLevel } from '../terminal/color-level.ts';

/** What can be looked at besides what a run needs. */
export const SERVERS = ['mcp', 'serve'];

/**
 * Looks at the set-up that a run would find, and says what is wrong with it, why that matters and what to do. Returns the
 * exit code: 1 where something keeps runs from working. Broken settings are a finding like any other.
 * @throws SluiceError `usage` for an operand that it does not know
 */
export async function doctorCommand(invocation: Invocation, io: Io): Promise<number> {
  const [server, ...more] = invocation.operands;
  if (more.length > 0 || (server !== undefined && !SERVERS.includes(server)))
    throw new SluiceError('usage', `${invocation.operands.join(' ')}: expected nothing, or ${SERVERS.join(' or ')}`);
  const stop = new AbortController();
  io.onSignal((signal) => stop.abort(signal));
  const { settings, request, configuration } = await understand(invocation, io);
  const cwd = resolve(io.cwd, request.cwd ?? '.');
  const redaction = await redactorOptions(declaredSecrets(settings), io, stop.signal);
  const redactor = createRedactor({ ...redaction, env: io.env });
  redactor.addValues(inlineSecrets(request), 'configured');
  const color = read(settings, OPTION.color);
  const findings = examine({
    setup: { env: io.env, cwd, claude: findClaude(settings, cwd, io) },
    request,
    host: { env: io.env, signal: stop.signal, redactor: redaction, origins: originsOf(settings), nameOption: flagName },
    nameOption: flagName,
    screen: {
      isTTY: io.stdout.isTTY,
      columns: io.stdout.columns(),
      colorLevel: colorLevel(color, io.env, io.stdout.isTTY),
    },
    ...(server === undefined ? {} : { server: serverSetup(server, settings, io) }),
    configuration,
    probe: invocation.switches.has('probe'),
    startMcp: invocation.switches.has('startMcp'),
  });
  const print = printerOf(settings, createPaint(colorLevel(color, io.env, io.stdout.isTTY)), io);
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

/** What settings say; those that can't be used are told, and what is typed counts alone. */
async function understand(invocation: Invocation, io: Io) {
  try {
    const settings = await loadSettings(invocation, io);
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
    return { settings: resolveSettings([], {}), request, configuration: [flaw, ...strays(io)] };
  }
}

function strays({ env }: Io): Finding[] {
  return strayVariables(env).map((what) => ({ level: 'warning', what, why: 'nothing reads it' }));
}

function summaryOf(settings: Settings): Finding {
  const set = [...settings.values()].filter(({ from }) => from !== 'default');
  const sources = [...new Set(set.map(({ from }) => from))];
  return {
    level: 'ok',
    what:
      set.length === 0
        ? 'no settings: all is as by default'
        : `${plural(set.length, 'setting')}, from ${sources.join(', ')}`,
    ...(set.length === 0 ? {} : { fix: 'sluice config shows them' }),
  };
}

function findClaude(settings: Settings, cwd: string, { env }: Io): string | SluiceError {
  const explicit = read(settings, OPTION.claudePath);
  try {
    return locateClaude({ explicit, layer: whereSet(settings, 'claudePath'), path: env['PATH'], cwd });
  } catch (error) {
    if (error instanceof SluiceError) return error;
    throw error;
  }
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

/** Prints findings as they come, or all of them at the end. */
interface Printer {
  finding(finding: Told): void | Promise<void>;
  end(findings: readonly Told[]): void | Promise<void>;
}

const SIGNS: Readonly<Record<Level, readonly [sign: string, ink: Ink]>> = {
  ok: ['✓', 'good'],
  note: ['·', 'accent'],
  warning: ['!', 'warning'],
  error: ['✗', 'bad'],
};

/** Wide enough for the longest name of a check. */
const COLUMN = 18;

function printerOf(settings: Settings, paint: Paint, io: Io): Printer {
  if (read(settings, OPTION.output) === 'json') {
    return {
      finding() {},
      end: (findings) =>
        io.stdout.write(`${escapeJson({ ok: findings.every(({ level }) => level !== 'error'), findings })}\n`),
    };
  }
  let last = '';
  return {
    finding({ check, level, what, why, fix }) {
      const [sign, ink] = SIGNS[level];
      const name = check === last ? '' : check;
      last = check;
      const indent = ' '.repeat(COLUMN + 2);
      const lines = [
        `${paint('strong', name.padEnd(COLUMN))}${paint(ink, sign)} ${oneLine(what)}`,
        ...(why === undefined ? [] : [`${indent}${paint('dim', `why: ${oneLine(why)}`)}`]),
        ...(fix === undefined ? [] : [`${indent}${paint('dim', level === 'ok' ? 'see:' : 'fix:')} ${oneLine(fix)}`]),
      ];
      return io.stdout.write(lines.map((line) => `${line}\n`).join(''));
    },
    end(findings) {
      const count = (level: Level): number => findings.filter((finding) => finding.level === level).length;
      const [errors, warnings] = [count('error'), count('warning')];
      const verdict =
        errors > 0
          ? paint('bad', `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`)
          : warnings > 0
            ? paint('warning', plural(warnings, 'warning'))
            : paint('good', 'all is well');
      return io.stdout.write(`\n${verdict}\n`);
    },
  };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
