import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { execa } from 'execa';
import { emptyFolder } from './folder.ts';
import { atTestEnd } from './test-end.ts';

/** What speaks TLS for a server that does not. */
export interface TlsFront {
  readonly port: number;
  /** A file with its certificate, which it has signed itself. */
  readonly certificate: string;
}

/** Starts it on loopback, with a certificate for a host. */
export async function startTls(server: URL, host: string): Promise<TlsFront> {
  const folder = emptyFolder();
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  await execa('openssl', ['req', ...kind, ...named, '-keyout', key, '-out', certificate]);
  const front = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (client) => {
    const there = connect(Number(server.port), server.hostname);
    for (const socket of [client, there]) socket.on('error', () => {});
    client.on('close', () => there.destroy());
    there.on('close', () => client.destroy());
    client.pipe(there).pipe(client);
  });
  front.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  atTestEnd(() => front.close());
  return { port: (front.address() as AddressInfo).port, certificate };
}
