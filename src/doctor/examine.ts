import { messageOf, type NameOption } from '../errors.ts';
import type { RunRequest } from '../request/run-request.ts';
import { checkClaude } from './checks/claude.ts';
import { checkLimits } from './checks/limits.ts';
import { checkLogin } from './checks/login.ts';
import { checkMcpServers } from './checks/mcp-servers.ts';
import { checkNetwork } from './checks/network.ts';
import { checkSandbox } from './checks/sandbox.ts';
import { checkServers, type ServerSetup } from './checks/servers.ts';
import { checkSettings } from './checks/settings.ts';
import { checkStorage } from './checks/storage.ts';
import { checkTerminal, type Screen } from './checks/terminal.ts';
import type { Finding, Told } from './finding.ts';
import type { Setup } from './setup.ts';
import { startMcpServers, tryLogin } from './trial.ts';
import type { Host } from '../run/host.ts';

/** All that checks look at. */
export interface Examined {
  readonly setup: Setup;
  /** What a run would be asked for, by the settings in force. */
  readonly request: RunRequest;
  readonly host: Host;
  readonly nameOption: NameOption;
  readonly screen: Screen;
  /** Absent: no server is looked at. */
  readonly server?: ServerSetup;
  /** What was found of sluice's own settings already. */
  readonly configuration: readonly Finding[];
  /** Whether a request may be sent, which costs something, and whether MCP servers may be started. */
  readonly probe: boolean;
  readonly startMcp: boolean;
}

type Check = readonly [name: string, look: () => readonly Finding[] | Promise<readonly Finding[]>];

/**
 * Looks at a set-up, one check after the other, each as soon as it is asked for. Never throws: a check that fails is a
 * finding.
 */
export async function* examine(examined: Examined): AsyncGenerator<Told, void, undefined> {
  for (const [check, look] of checksOf(examined)) {
    const findings = await attempt(look);
    for (const finding of findings) yield { check, ...finding };
  }
}

function checksOf(examined: Examined): readonly Check[] {
  const { setup, request, host, nameOption, screen, server, probe, startMcp } = examined;
  const trial = { request, host };
  return [
    ['claude', () => checkClaude(setup, nameOption)],
    ['login', () => checkLogin(setup)],
    ...(probe ? [['probe', () => tryLogin(trial)] as const] : []),
    ["claude's settings", () => checkSettings(setup)],
    ['sluice', () => examined.configuration],
    ['MCP servers', () => checkMcpServers(setup, request)],
    ...(startMcp ? [['MCP servers', () => startMcpServers(trial)] as const] : []),
    ['network', () => checkNetwork(setup)],
    ['disk', () => checkStorage(setup)],
    ['machine', () => checkLimits(setup, request, nameOption)],
    ['sandbox', () => checkSandbox(setup)],
    ['terminal', () => checkTerminal(setup, screen)],
    ...(server === undefined ? [] : [['server', () => checkServers(server)] as const]),
  ];
}

async function attempt(look: Check[1]): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    return [{ level: 'warning', what: `this could not be looked at: ${messageOf(error)}` }];
  }
}
