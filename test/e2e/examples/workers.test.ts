import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Fields } from '../../support/by-hand.ts';
import { exampleAt } from '../../support/example.ts';
import { emptyFolder, freshHome } from '../../support/folder.ts';
import { HARDENED } from '../../support/hardened.ts';
import { flawsOfCompose, flawsOfManifests } from '../../support/manifests.ts';
import { redisIn } from '../../support/redis.ts';
import { API_KEY, sluice, startSluice } from '../../support/sluice.ts';
import { atTestEnd } from '../../support/test-end.ts';

const CLAUDE = fileURLToPath(new URL('../../support/item-claude.sh', import.meta.url));

const read = (path: string): string => readFileSync(exampleAt(path), 'utf8');
const compose = parse(read('docker/workers.yaml'), { merge: true });
// Kubernetes reads YAML 1.1, where 0440 is octal.
const manifests: readonly Fields[] = ['workers', 'job'].flatMap((file) =>
  parseAllDocuments(read(`kubernetes/workers/${file}.yaml`), { version: '1.1' }).map((document) => document.toJS()),
);
const the = (kind: string) => manifests.find((manifest) => manifest.kind === kind);
const pods = ['Deployment', 'Job'].map((kind) => the(kind).spec.template.spec);

/** What workers.sh makes: its own program is all that it starts. */
async function secretsMade(): Promise<string> {
  const folder = emptyFolder();
  const docker = join(folder, 'docker');
  cpSync(exampleAt('docker/workers.sh'), docker.replace('docker', 'workers.sh'));
  writeFileSync(docker, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
  writeFileSync(join(folder, 'key'), API_KEY);
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const { stdout } = await execa('sh', [join(folder, 'workers.sh'), join(folder, 'key'), folder, '4'], { env });
  expect(stdout).toMatch(/^compose -f workers\.yaml .* --scale worker=4$/);
  return join(folder, 'secrets');
}

describe('examples with workers', () => {
  it('are well-formed, and run nothing as root, or with more than it needs', async () => {
    expect(flawsOfCompose(compose)).toEqual([]);
    expect(await flawsOfManifests(manifests)).toEqual([]);
    for (const service of Object.values(compose.services)) expect(service).toMatchObject(HARDENED);
    expect(compose.services.redis.ports).toEqual(['127.0.0.1:6379:6379']);
    for (const { containers, securityContext, terminationGracePeriodSeconds } of pods) {
      expect(containers[0]).toMatchObject({
        resources: { limits: { memory: expect.any(String), cpu: expect.any(String) } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      });
      expect(securityContext).toMatchObject({ runAsNonRoot: true });
      expect(terminationGracePeriodSeconds).toBeGreaterThan(5 * 60 + 20);
    }
  });

  it('has a Redis that lets in who it should, and workers that take what waits in the lists that are counted', async () => {
    const secrets = await secretsMade();
    const [, ...settings]: readonly string[] = compose.services.redis.command
      .trim()
      .split(/\s+/)
      .map((word: string) => (word === "''" ? '' : word.replace('/run/secrets', secrets)));
    const redis = await redisIn(emptyFolder(), ...settings);
    atTestEnd(() => redis.kill());
    const home = freshHome();
    const addressOf = (name: string): string =>
      readFileSync(join(secrets, name), 'utf8').replace(/@.*:6379/, redis.url.replace('redis://', '@'));
    for (const name of ['worker.json', 'batch.json', 'sluice.json'])
      writeFileSync(join(secrets, name), addressOf(name === 'sluice.json' ? 'worker.json' : name));
    writeFileSync(join(home.project, 'items.txt'), 'item=a;\nitem=b;\n');
    const words = ['batch', 'items.txt', '--out', 'out.jsonl', '--config', join(secrets, 'batch.json')];
    const batch = startSluice(words, { claude: null, home });
    const queue: string = JSON.parse(addressOf('batch.json')).queue;
    const counted: readonly string[] = the('ScaledObject').spec.triggers.map(
      ({ metadata }: Fields) => metadata.listName,
    );
    const length = async (list = ''): Promise<string> => (await execa('redis-cli', ['-u', queue, 'LLEN', list])).stdout;
    await expect.poll(() => length(counted[0]), { timeout: 20_000 }).toBe('2');
    expect(redis.cli('PING')).toContain('NOAUTH');

    const { command } = compose.services.worker;
    const { args } = pods[0].containers[0];
    for (const own of [command, args]) {
      const here = own.map((arg: string) =>
        arg.replaceAll(/\/run\/secrets(?:\/worker(?!\.))?/g, secrets).replaceAll('/srv/app', home.project),
      );
      const worker = startSluice([...here, '--admin-port', 'off'], { claude: CLAUDE, home });
      expect((await batch.finished).exitCode).toBe(0);
      const again = await sluice([...words.slice(0, 3), `${own.length}.jsonl`, ...words.slice(4)], {
        claude: null,
        home,
      });
      expect([again.exitCode, await length(counted[1])]).toEqual([0, '0']);
      worker.kill('SIGTERM');
      expect((await worker.finished).exitCode).toBe(0);
    }
  });

  it('give each pod of a job a part of its own', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/sluice'), '#!/bin/sh\necho "$4 $6"\n', { mode: 0o755 });
    const { spec } = the('Job');
    const [script] = pods[1].containers[0].args;
    const given = Array.from({ length: spec.completions }, async (_, index) => {
      const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, JOB_COMPLETION_INDEX: String(index) };
      return (await execa('sh', ['-c', script], { env })).stdout;
    });
    expect(await Promise.all(given)).toEqual(given.map((_, index) => `${index + 1}/8 /results/${index}.jsonl`));
  });
});
