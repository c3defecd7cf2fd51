import type { Wording } from '../errors.ts';
import { isListed, meantBy, STRUCTURED_OUTPUT, toolOf } from '../messages/tool-names.ts';
import type { MessageOf } from '../messages/types.ts';

/** What was asked of claude and can be compared with its first message; absent where it was not asked for. */
export interface Asked {
  /** A JSON Schema for structured output. */
  readonly schema?: boolean | undefined;
  readonly agent?: string | undefined;
  readonly permissionMode?: string | undefined;
  /** Which of claude's own tools there are to be. */
  readonly tools?: readonly string[] | undefined;
  /** Rules for what is permitted. */
  readonly allowedTools?: readonly string[] | undefined;
  /** Rules for what is denied. */
  readonly disallowedTools?: readonly string[] | undefined;
  /** MCP servers that have to be there. */
  readonly requireMcp?: readonly string[] | undefined;
}

/** Something asked for that claude lets go of without a word. */
export interface Unmet {
  /** Whether the run could do other things than asked: then it had better not go on. */
  readonly grave: boolean;
  readonly text: Wording;
}

/** What claude tells of itself when a session begins. */
type Init = Pick<MessageOf<'system', 'init'>, 'tools' | 'permissionMode' | 'agents'>;

/** Compares what claude is about to do with what was asked. A model is not looked at: its name may be short for another. */
export function unmetBy(init: Init, asked: Asked): Unmet[] {
  return [
    ...grave(asked.agent === undefined ? null : agentProblem(asked.agent, init.agents)),
    ...grave(modeProblem(init, asked)),
    ...grave(schemaProblem(init, asked)),
    ...missingTools(init, asked),
  ];
}

/**
 * Why an agent can't be had, or null: claude takes a plugin's without the plugin's name too (2.1.197, 2.1.332).
 * @param names those there are, as claude lists them; what is no list tells nothing
 */
export function agentProblem(agent: string, names: unknown): Wording | null {
  if (!Array.isArray(names) || agent === ALWAYS_THERE) return null;
  const known = names.filter((name): name is string => typeof name === 'string');
  if (known.some((name) => name === agent || name.endsWith(`:${agent}`))) return null;
  return (name) =>
    `${name('agent')} ${agent}: claude has no such agent; there ${known.length === 0 ? 'is none' : `are ${listed(known)}`}`;
}

/** Claude takes this name whether it lists the agent or not. */
const ALWAYS_THERE = 'claude';

function modeProblem({ permissionMode: actual }: Init, { permissionMode: wanted }: Asked): string | null {
  if (wanted === undefined || modeName(wanted) === modeName(actual)) return null;
  return `permission mode ${wanted} was asked for, and claude is in ${actual}: its settings or its model do not allow the other`;
}

/** Newer versions have two names for one mode. */
function modeName(mode: string): string {
  return mode === 'manual' ? 'default' : mode;
}

/** Why there can be no answer that meets a schema, or null. */
export function schemaProblem({ tools }: Pick<Init, 'tools'>, { schema }: Pick<Asked, 'schema'>): Wording | null {
  if (schema !== true || tools.includes(STRUCTURED_OUTPUT)) return null;
  return (name) =>
    `${name('jsonSchema')}: claude offers the model no ${STRUCTURED_OUTPUT}, the tool to answer with: it does not take the schema, or an agent has tools of its own and that is not among them`;
}

function missingTools({ tools }: Init, { tools: wanted = [], disallowedTools = [] }: Asked): Unmet[] {
  const names = wanted.filter((name) => name !== '' && !name.startsWith('mcp__'));
  const [only] = names;
  if (names.length === 0 || (names.length === 1 && only === 'default')) return [];
  const denied = disallowedTools.map(toolOf);
  const missing = names.filter((name) => !isListed(name, tools) && !denied.includes(name));
  if (missing.length === 0) return [];
  const isEmpty = !tools.some((name) => name !== STRUCTURED_OUTPUT && !name.startsWith('mcp__'));
  const list = missing.map((name) => `${name}${meantBy(name, tools)}`).join(', ');
  return [
    isEmpty
      ? {
          grave: true,
          text: (name) => `${name('tools')}: claude has none of these, and there are no others then: ${list}`,
        }
      : { grave: false, text: (name) => `${name('tools')}: claude does not have ${list}` },
  ];
}

const MOST_LISTED = 20;

function listed(names: readonly string[]): string {
  return `${names.slice(0, MOST_LISTED).join(', ')}${names.length > MOST_LISTED ? ', …' : ''}`;
}

function grave(text: Wording | null): Unmet[] {
  return text === null ? [] : [{ grave: true, text }];
}
