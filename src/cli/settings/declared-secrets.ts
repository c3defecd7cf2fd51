import { read, type Settings } from '../../config/layers.ts';
import { OPTION } from '../../config/command-options/options.ts';
import type { Kind } from '../../request/kinds/kind.ts';
import { whereOf } from '../../config/derived-names.ts';
import type { SecretPattern } from '../../secrets/custom/user-patterns.ts';

/** What is a secret and what is none, as settings say it: nothing was looked up or read yet. */
export interface DeclaredSecrets {
  readonly env: readonly string[];
  readonly files: readonly SecretFile[];
  /** Settings that are secrets themselves. */
  readonly values: readonly string[];
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
  const ping = read(settings, OPTION.ping);
  const { secretEnv, secretFiles, secretPatterns, allowSecretKinds, allowSecretValues, allowSecretPatterns } = OPTION;
  return {
    env: read(settings, secretEnv) ?? [],
    files: itemsOf(settings, secretFiles).map(({ item, ...said }) => ({ path: item, ...said })),
    values: ping === undefined ? [] : [ping],
    patterns: itemsOf(settings, secretPatterns).map(({ item, where }) => ({ ...item, where })),
    allowKinds: itemsOf(settings, allowSecretKinds).map(({ item, where }) => ({ kind: item, where })),
    allowValues: read(settings, allowSecretValues) ?? [],
    allowPatterns: itemsOf(settings, allowSecretPatterns).map(({ item, where }) => ({ pattern: item, where })),
  };
}

/** The items of a list, each with the layer that it came from. */
function itemsOf<Item>(settings: Settings, { name, kind }: { name: string; kind: Kind<readonly Item[]> }) {
  const setting = settings.get(name);
  if (setting === undefined) return [];
  const parts = setting.parts ?? [{ kind: null, from: setting.from, values: setting.value }];
  return parts.flatMap((part) =>
    (kind.is(part.values) ? part.values : []).map((item) => ({
      item,
      where: whereOf(setting.option, part.from),
      byProject: part.kind === 'project file',
    })),
  );
}
