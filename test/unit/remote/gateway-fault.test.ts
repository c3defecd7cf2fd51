import { describe, expect, it } from 'vitest';
import { gatewayFault } from '../../../src/remote/gateway-fault.ts';

const url = 'https://a.test/';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('why a gateway cannot be asked', () => {
  it.each([
    ['ECONNREFUSED', 'network', 'nothing listens there; start the gateway, with sluice serve, or name another one'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'usage', 'NODE_EXTRA_CA_CERTS=FILE.pem'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'usage', 'NODE_EXTRA_CA_CERTS=FILE.pem'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'usage', 'its certificate is for another host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'usage', 'it does not speak TLS'],
    ['EPROTO', 'usage', 'the address begins with http:'],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'network', 'its encryption failed'],
    ['CERT_HAS_EXPIRED', 'network', 'its certificate has expired'],
  ])('is told for %s', (code, expected, message) => {
    const { error } = gatewayFault(coded(code), { url });
    expect([error.code, error.message]).toEqual([expected, expect.stringContaining(message)]);
    expect(error.message).toMatch(/^https:\/\/a\.test\/: .*\([A-Z_]+\)$/);
  });

  it.each([
    [coded('ECONNREFUSED'), 'network', 'nothing listens there (ECONNREFUSED)'],
    [
      coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'),
      'auth',
      'it answers with status 407',
    ],
    [
      coded('UND_ERR_ABORTED', 'Proxy response (503) !== 200 when HTTP Tunneling'),
      'network',
      'it answers with status 503',
    ],
  ])('names the proxy that it is asked by: %s', (thrown, code, message) => {
    const { error } = gatewayFault(thrown, { url, proxy: 'p.test:3128 (HTTPS_PROXY)' });
    expect([error.code, error.message]).toEqual([
      code,
      `${url}: by way of the proxy p.test:3128 (HTTPS_PROXY): ${message}`,
    ]);
  });
});
