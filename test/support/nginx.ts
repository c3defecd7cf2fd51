import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { emptyFolder } from './folder.ts';
import { freePort } from './free-port.ts';
import { atTestEnd } from './test-end.ts';

/** Starts an nginx on loopback, for as long as the test, that asks the first of these servers, and the second where that is gone. */
export async function startNginx(first: URL, second: URL): Promise<URL> {
  const folder = emptyFolder();
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const conf = `
    daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${join(folder, 'errors')};
    events {}
    http {
      access_log off; ${paths.join(' ')}
      upstream replicas { server ${first.host}; server ${second.host} backup; }
      server {
        listen 127.0.0.1:${port};
        location / { proxy_pass http://replicas; proxy_http_version 1.1; proxy_buffering off; proxy_set_header Host $http_host; }
      }
    }`;
  writeFileSync(join(folder, 'nginx.conf'), conf);
  const server = execa('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { reject: false });
  atTestEnd(async () => {
    server.kill('SIGQUIT');
    await server;
  });
  const url = new URL(`http://127.0.0.1:${port}/`);
  await execa('sh', ['-c', 'until curl -s -o /dev/null "$0"; do sleep 0.05; done', url.href], { timeout: 30_000 });
  return url;
}
