import type { Settings } from '../config/layers.ts';
import { whereOf } from '../config/names.ts';
import type { SecretPattern } from '../secrets/custom/user-patterns.ts';

/** What is a secret and what is none, as settings say it: nothing was looked up or read yet. */
export interface DeclaredSecrets {
  readonly env: readonly string[];
  readonly files: readonly SecretFile[];
  readonly patterns: readonly (SecretPattern & Said)[];
  readonly allowKinds: readonly (Said & { readonly kind: string })[];
  readonly allowValues: readonly string[];
  readonly allowPatterns: readonly (Said & { readonly pattern: string })[];
}

/** A file of secrets. */
export interface SecretFile extends Said {
  readonly path: string;
  /** Whether the project named it: then it is opened only when it is a plain file, which ends. */
  readonly byProject: boolean;
}

interface Said {
  /** Where it was said, for errors: a flag, a variable, or a file and the option in it. */
  readonly where: string;
}

/** Gathers what settings declare. */
export function declaredSecrets(settings: Settings): DeclaredSecrets {
  return {
    env: itemsOf<string>(settings, 'secretEnv').map(({ item }) => item),
    files: itemsOf<string>(settings, 'secretFiles').map(({ item, ...said }) => ({ path: item, ...said })),
    patterns: itemsOf<SecretPattern>(settings, 'secretPatterns').map(({ item, where }) => ({ ...item, where })),
    allowKinds: itemsOf<string>(settings, 'allowSecretKinds').map(({ item, where }) => ({ kind: item, where })),
    allowValues: itemsOf<string>(settings, 'allowSecretValues').map(({ item }) => item),
    allowPatterns: itemsOf<string>(settings, 'allowSecretPatterns').map(({ item, where }) => ({
      pattern: item,
      where,
    })),
  };
}

/** The items of a list; their type is that of the option's own parser, which made them. */
function itemsOf<Item>(settings: Settings, name: string) {
  const setting = settings.get(name);
  if (setting === undefined) return [];
  const { option, value, from } = setting;
  const parts = setting.parts ?? [{ kind: null, from, values: value as readonly unknown[] }];
  return parts.flatMap(({ kind, from, values }) =>
    values.map((item) => ({ item: item as Item, where: whereOf(option, from), byProject: kind === 'project file' })),
  );
}
