import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Fields } from '../../support/by-hand.ts';
import { drawnToken } from '../../support/drawn-token.ts';
import { exampleAt } from '../../support/example.ts';
import { freePort } from '../../support/free-port.ts';
import { begin, succeed } from '../../support/fake.ts';
import { emptyFolder, freshHome } from '../../support/folder.ts';
import { HARDENED } from '../../support/hardened.ts';
import { type GatewayServer, startGateway } from '../../support/gateway.ts';
import { flawsOfCompose, flawsOfDockerfile, flawsOfManifests } from '../../support/manifests.ts';
import { lacks } from '../../support/programs.ts';
import { API_KEY } from '../../support/sluice.ts';
import { atTestEnd } from '../../support/test-end.ts';
import { visit } from '../../support/visit.ts';

const read = (path: string): string => readFileSync(exampleAt(path), 'utf8');

/** Serves as the command of a container says, on loopback, with what is mounted there in folders of a home. */
function serve(args: readonly string[], secrets: Readonly<Record<string, string>>): Promise<GatewayServer> {
  const home = freshHome();
  const folder = join(home.path, 'secrets');
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ 'anthropic-key': API_KEY, ...secrets }))
    writeFileSync(join(folder, name), `${text}\n`, { mode: 0o440 });
  const mounts = [
    ['/run/secrets/gateway', folder],
    ['/run/secrets', folder],
    ['/srv/app', home.project],
    ['/var/lib/sluice', join(home.path, 'state')],
    ['/opt/shop', exampleAt('postgres')],
    ['0.0.0.0', '127.0.0.1'],
  ] as const;
  const [command, ...here] = args.map((arg) => mounts.reduce((text, [from, to]) => text.replaceAll(from, to), arg));
  expect(command).toBe('serve');
  const env = { SLUICE_SERVER_ENV: 'FAKE_CLAUDE' };
  return startGateway(
    here.filter((arg) => !arg.startsWith('--pass-env')),
    {
      home,
      env,
      fake: [...begin, ...succeed],
    },
  );
}

/** Seconds of `90s`, `5m`. */
function secondsOf(duration: string | undefined): number {
  const [, count = '', unit = ''] = /=?(\d+)([sm])$/.exec(duration ?? '') ?? [];
  return Number(count) * (unit === 'm' ? 60 : 1);
}

const drainOf = (args: readonly string[]): number => secondsOf(args.find((arg) => arg.startsWith('--drain-timeout')));

describe('examples/docker', () => {
  const dockerfile = read('docker/Dockerfile');
  const compose = parse(read('docker/compose.yaml'), { merge: true });

  it('is well-formed, and runs nothing as root, or with more than it needs', () => {
    expect(flawsOfDockerfile(dockerfile)).toEqual([]);
    expect(flawsOfCompose(compose)).toEqual([]);
    for (const image of ['gateway', 'backend']) {
      const stage = dockerfile.split(/^FROM /m).find((text) => text.includes(` AS ${image}\n`));
      expect(stage).toMatch(/^USER (?:node|1000)$[^]*^HEALTHCHECK [^]*^(?:ENTRYPOINT|CMD) \[/m);
    }
    for (const service of Object.values(compose.services)) {
      expect(service).toMatchObject(HARDENED);
    }
    const { backend, gateway, database } = compose.services;
    expect([backend.networks, gateway.networks, database.networks]).toEqual([
      ['front', 'gate'],
      ['gate', 'data', 'out'],
      ['data'],
    ]);
    expect(compose.networks).toMatchObject({ gate: { internal: true }, data: { internal: true } });
    expect(secondsOf(gateway.stop_grace_period)).toBeGreaterThan(drainOf(gateway.command) + 20);
  });

  it.skipIf(lacks('shellcheck'))('has scripts that shellcheck takes', async () => {
    const scripts = ['docker/up.sh', 'docker/workers.sh', 'docker/database.sh', 'systemd/install.sh'];
    const servers = ['fastapi', 'express', 'nginx', 'postgres', 'react'].map((name) => `${name}/run.sh`);
    const { stdout } = await execa('shellcheck', [...scripts, ...servers].map(exampleAt));
    expect(stdout).toBe('');
  });

  it('has a command that serves, and a health check that sees it', async () => {
    const jwt = 'x'.repeat(40);
    const server = await serve(compose.services.gateway.command, { jwt });
    const claims = new SignJWT({ scope: 'query' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1m');
    const token = await claims
      .setIssuer('fastapi')
      .setAudience('sluice')
      .setSubject('alice')
      .sign(new TextEncoder().encode(jwt));
    const headers = { host: 'gateway', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ prompt: 'hi', mcpServers: [] });
    const answer = await visit(server.url, '/v1/queries', { method: 'POST', headers, body });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { outcome: { class: 'success' } }]);

    const [, check = ''] = /^HEALTHCHECK .*\\\n *CMD (\["node".*\])$/m.exec(dockerfile) ?? [];
    const [node = '', ...args]: string[] = JSON.parse(check);
    const at = (port: string | number) => args.map((arg) => arg.replace('8000', String(port)));
    await execa(node, at(server.url.port));
    const { exitCode } = await execa(node, at(await freePort()), { reject: false });
    expect(exitCode).toBe(1);
  });
});

describe('examples/kubernetes', () => {
  const files = ['namespace', 'deployment', 'network', 'scaling'].map((name) => read(`kubernetes/${name}.yaml`));
  // Kubernetes reads YAML 1.1, where 0440 is octal.
  const manifests: readonly Fields[] = files.flatMap((file) =>
    parseAllDocuments(file, { version: '1.1' }).map((document) => document.toJS()),
  );
  const the = (kind: string) => manifests.find((manifest) => manifest.kind === kind);
  const pod = the('Deployment').spec.template.spec;
  const [gateway] = pod.containers;

  it('is well-formed, and its parts fit', async () => {
    expect(await flawsOfManifests(manifests)).toEqual([]);
    const kustomization = parse(read('kubernetes/kustomization.yaml'));
    expect(kustomization.resources.map((name: string) => name.replace('.yaml', ''))).toHaveLength(files.length);
    for (const container of [...pod.initContainers, ...pod.containers]) {
      expect(container.resources).toMatchObject({ limits: { memory: expect.any(String), cpu: expect.any(String) } });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    const { labels } = the('Deployment').spec.template.metadata;
    for (const { matchLabels } of [
      the('Deployment').spec.selector,
      the('PodDisruptionBudget').spec.selector,
      the('NetworkPolicy').spec.podSelector,
      { matchLabels: the('Service').spec.selector },
    ])
      expect(labels).toMatchObject(matchLabels);
    const preStop = Number(gateway.lifecycle.preStop.exec.command[1]);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(preStop + drainOf(gateway.args) + 20);
  });

  it('has a command that serves, probes that reach it, and metrics to scale by', async () => {
    const { token, line } = drawnToken({ scopes: ['query'] });
    const server = await serve(gateway.args, { tokens: line });
    for (const { httpGet } of [gateway.startupProbe, gateway.livenessProbe, gateway.readinessProbe]) {
      const headers = Object.fromEntries(
        httpGet.httpHeaders.map(({ name, value }: { name: string; value: string }) => [name, value]),
      );
      expect((await visit(server.url, httpGet.path, { headers })).status).toBe(200);
    }
    const headers = { authorization: `Bearer ${token}`, host: 'sluice.sluice', 'content-type': 'application/json' };
    const answer = await visit(server.url, '/v1/queries', { method: 'POST', headers, body: '{"prompt":"hi"}' });
    expect(answer.status).toBe(200);

    const [metric] = the('HorizontalPodAutoscaler').spec.metrics;
    const isAlone = lacks('nginx', ['-v']);
    const url = isAlone ? server.adminUrl : await passMetricsOn(server.adminUrl);
    expect((await visit(url, '/metrics')).body).toMatch(new RegExp(`^${metric.pods.metric.name} 0$`, 'm'));
    expect((await visit(url, '/runs')).status).toBe(isAlone ? 200 : 404);
  });
});

/** Runs the nginx beside the gateway, which is all that the net sees of its operator's port. */
async function passMetricsOn({ port: adminPort }: URL): Promise<URL> {
  const folder = emptyFolder();
  const port = await freePort();
  const config = read('kubernetes/nginx.conf')
    .replaceAll('/tmp/', `${folder}/`)
    .replace('9113', `127.0.0.1:${port}`)
    .replace('8002', adminPort);
  writeFileSync(join(folder, 'nginx.conf'), config);
  const nginx = execa('nginx', ['-c', join(folder, 'nginx.conf'), '-e', 'stderr', '-g', 'daemon off;'], {
    reject: false,
  });
  atTestEnd(async () => {
    nginx.kill();
    await nginx;
  });
  const url = new URL(`http://127.0.0.1:${port}`);
  await expect
    .poll(
      () =>
        visit(url, '/metrics').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
  return url;
}
