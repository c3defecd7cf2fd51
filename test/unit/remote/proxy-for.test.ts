import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/remote/proxy-for.ts';

const via = (url: string, env: Readonly<Record<string, string>>): string | null => {
  const proxy = proxyFor(new URL(url), env);
  return proxy && `${proxy.variable} ${proxy.url.href}`;
};

const BOTH = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:2' };

describe('the proxy for a server', () => {
  it.each([
    ['https://a.test', {}, null],
    ['https://a.test', BOTH, 'HTTPS_PROXY http://p:1/'],
    ['http://a.test', BOTH, 'HTTP_PROXY http://p:2/'],
    ['http://a.test', { HTTPS_PROXY: 'http://p:1' }, null],
    ['https://a.test', { ...BOTH, https_proxy: 'p:3' }, 'https_proxy http://p:3/'],
    ['https://a.test', { HTTPS_PROXY: '', ALL_PROXY: 'socks5://p:4' }, 'ALL_PROXY socks5://p:4'],
  ])('of %s with %j is %s', (url, env, expected) => {
    expect(via(url, env)).toBe(expected);
  });

  it.each([
    ['https://a.test', 'a.test'],
    ['https://b.a.test', 'x, .a.test'],
    ['https://b.a.test', '*.a.test'],
    ['https://a.test', 'A.TEST:443'],
    ['https://a.test:8443', 'x a.test:8443'],
    ['https://a.test', '*'],
    ['https://10.0.0.1', '10.0.0.1'],
  ])('is none for %s where NO_PROXY is %j', (url, spared) => {
    expect(via(url, { ...BOTH, NO_PROXY: spared })).toBeNull();
  });

  it.each(['xa.test', 'test:8443', '', ' , ', '.test.a'])('is not kept from a.test by %j', (spared) => {
    expect(via('https://a.test', { ...BOTH, NO_PROXY: spared })).toBe('HTTPS_PROXY http://p:1/');
  });

  it('is never one for this machine', () => {
    for (const url of ['http://127.0.0.1:8000', 'https://localhost', 'http://[::1]']) expect(via(url, BOTH)).toBeNull();
  });

  it.each(['ftp://p', 'http://', 'a b', 'me:hunter2@@p:x', 'me:hunter2%@p:1'])(
    'is refused, and not shown, as %j',
    (proxy) => {
      const ask = () => via('https://a.test', { HTTPS_PROXY: proxy });
      expect(ask).toThrow('HTTPS_PROXY: this is no address of a proxy');
      expect(ask).not.toThrow('hunter2');
    },
  );
});
