import { describe, expect, it } from 'vitest';
import { callbackUrlOf } from '../../../../src/servers/callbacks/callback-url.ts';

const hosts = [
  'hooks.example.com',
  'hooks.example.com:8443',
  '[2606:4700::1]',
  '127.0.0.1:9',
  'a.localhost',
  '10.0.0.1',
];
const refusal = (text: string, rules: Parameters<typeof callbackUrlOf>[1] = { hosts, private: false }): string => {
  try {
    return callbackUrlOf(text, rules).href;
  } catch (error) {
    return `${Object(error).errorCode} ${Object(error).message}`;
  }
};

describe('the URL of a callback', () => {
  it.each([
    'https://hooks.example.com/',
    'https://HOOKS.example.com:443/a?b=c',
    'https://hooks.example.com:8443/a',
    'https://[2606:4700:0::1]/a',
  ])('may be %s', (text) => expect(refusal(text)).toBe(new URL(text).href));

  it.each([
    ['https://example.com/', 'forbidden callbackUrl: its host is not allowed; allowed: '],
    ['https://hooks.example.com:444/', 'forbidden callbackUrl: its host is not allowed; allowed: '],
    ['https://hooks.example.com./', 'forbidden callbackUrl: its host is not allowed; allowed: '],
    ['https://hooks.example.com@evil.example/', 'validation_error callbackUrl: it has a user name'],
    ['https://evil.example/#@hooks.example.com/', 'validation_error callbackUrl: it has a fragment'],
    ['http://hooks.example.com/', 'forbidden callbackUrl: http shows'],
    ['https://127.0.0.1:9/', 'forbidden callbackUrl: its host is a private address; leave it out'],
    ['https://0x7f.1:9/', 'forbidden callbackUrl: its host is a private address; leave it out'],
    ['https://a.localhost/', 'forbidden callbackUrl: its host is a private address; leave it out'],
    ['https://10.0.0.1/', 'forbidden callbackUrl: its host is a private address; leave it out'],
    ['file:///etc/passwd', 'validation_error callbackUrl: expected an https URL'],
    ['hooks.example.com', 'validation_error callbackUrl: expected an https URL'],
    [`https://hooks.example.com/${'a'.repeat(2_000)}`, 'validation_error callbackUrl: expected an https URL'],
  ])('is refused: %s', (text, why) => expect(refusal(text).slice(0, why.length)).toBe(why));

  it('may be private where the operator says so', () => {
    expect(refusal('http://127.0.0.1:9/', { hosts, private: true })).toBe('http://127.0.0.1:9/');
    expect(refusal('http://127.0.0.1:10/', { hosts, private: true })).toMatch(/^forbidden/);
  });

  it('is refused where nobody is called back', () => {
    expect(refusal('https://hooks.example.com/', null)).toBe(
      'forbidden callbackUrl: this server calls nobody back; leave it out',
    );
  });
});
