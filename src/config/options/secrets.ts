import type { FieldTable } from '../../request/field.ts';
import { lines, names, variables } from '../../request/kinds/lists.ts';
import { allowedPatterns, secretPatterns } from '../secret-patterns.ts';

/** What counts as a secret, and what does not. */
export const SECRETS = {
  secretEnv: {
    name: 'secretEnv',
    flags: '--secret-env <NAMES>',
    group: 'Secrets',
    help: 'mask the values of these variables, whatever they look like; may be repeated, as all of these may',
    kind: variables,
    project: 'add',
    repeated: true,
    accumulates: true,
  },
  secretFiles: {
    name: 'secretFiles',
    flags: '--secret-file <FILE>',
    group: 'Secrets',
    help: 'mask the secrets that a file lists, one a line',
    kind: lines,
    project: 'add',
    repeated: true,
    accumulates: true,
    paths: true,
  },
  secretPatterns: {
    name: 'secretPatterns',
    flags: '--secret-pattern <KIND=REGEX>',
    group: 'Secrets',
    help: 'mask what a regular expression matches, as a kind of your own',
    kind: secretPatterns,
    project: 'add',
    repeated: true,
    accumulates: true,
    keyed: true,
  },
  allowSecretKinds: {
    name: 'allowSecretKinds',
    flags: '--allow-secret-kind <KINDS>',
    group: 'Secrets',
    help: 'do not mask this kind of secret; "sluice redact --list-kinds" names them all',
    kind: names,
    repeated: true,
  },
  allowSecretValues: {
    name: 'allowSecretValues',
    flags: '--allow-secret-value <VALUE>',
    group: 'Secrets',
    help: 'do not mask this value, which looks like a secret and is none',
    kind: lines,
    repeated: true,
    sensitive: true,
  },
  allowSecretPatterns: {
    name: 'allowSecretPatterns',
    flags: '--allow-secret-pattern <REGEX>',
    group: 'Secrets',
    help: 'do not mask what a regular expression matches from end to end',
    kind: allowedPatterns,
    repeated: true,
  },
} as const satisfies FieldTable;
