import type { FieldTable } from '../../request/field.ts';
import { boolean, choice, name } from '../../request/kinds/texts.ts';

export const OUTPUT_FORMATS = ['pretty', 'text', 'json', 'ndjson', 'stream-json', 'github', 'gitlab'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Those that people read: they tell by themselves of retries, warnings, and how a run ended. */
export const LOG_FORMATS: ReadonlySet<OutputFormat> = new Set(['pretty', 'github', 'gitlab']);

/** What is printed, and where else it goes. */
export const OUTPUT = {
  output: {
    name: 'output',
    kind: choice(OUTPUT_FORMATS),
    flags: '-o, --output <FORMAT>',
    group: 'Output',
    help: 'format: pretty, text, json, ndjson, stream-json; github, gitlab in their jobs; by default pretty on a terminal, text elsewhere',
    project: 'harmless',
    ofOneRun: true,
    heededBy: ['replay', 'explain', 'condense', 'templates', 'cache', 'history', 'batch'],
  },
  record: {
    name: 'record',
    kind: name,
    flags: '--record <FILE>',
    group: 'Output',
    help: 'record every event in a file as it happens; redacted and whole, for sluice replay',
    ofOneRun: true,
    heededBy: ['replay'],
  },
  bundle: {
    name: 'bundle',
    kind: name,
    flags: '--bundle <FILE>',
    group: 'Output',
    help: 'also write the JSON bundle to a file at the end, whatever the ending',
    ofOneRun: true,
    heededBy: ['replay'],
  },
  sarif: {
    name: 'sarif',
    kind: name,
    flags: '--sarif <FILE>',
    group: 'Findings',
    help: 'write findings to a file as SARIF 2.1.0, for code scanning',
    ofOneRun: true,
    heededBy: ['replay', 'batch'],
  },
  junit: {
    name: 'junit',
    kind: name,
    flags: '--junit <FILE>',
    group: 'Findings',
    help: 'write findings to a file as a test report of JUnit',
    ofOneRun: true,
    heededBy: ['replay'],
  },
  showThinking: {
    name: 'showThinking',
    kind: boolean,
    flags: '--show-thinking',
    group: 'Output',
    help: "show the model's thinking",
    project: 'harmless',
    ofOneRun: true,
    heededBy: ['replay'],
  },
  color: {
    name: 'color',
    kind: choice(['auto', 'always', 'never']),
    flags: '--color <WHEN>',
    group: 'Output',
    help: 'colours: auto, always, never',
    default: 'auto',
    project: 'harmless',
    heededBy: ['replay', 'explain', 'redact', 'condense', 'templates', 'cache', 'history', 'token', 'batch', 'report'],
  },
  quiet: {
    name: 'quiet',
    kind: boolean,
    flags: '-q, --quiet',
    group: 'Output',
    help: 'no progress and no spinner on stderr',
    project: 'harmless',
    ofOneRun: true,
    heededBy: ['replay', 'explain', 'redact', 'condense', 'templates', 'cache', 'history', 'token', 'batch', 'report'],
  },
} as const satisfies FieldTable;
