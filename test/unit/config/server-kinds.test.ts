import { describe, expect, it } from 'vitest';
import { addresses, headerName, timeZone } from '../../../src/config/command-options/servers/kinds.ts';

describe('addresses', () => {
  it('are single ones and networks', () => {
    const texts = ['10.1.2.3', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0', '::ffff:10.0.0.0/104'];
    expect(addresses.parse(texts.join(' '))).toEqual(texts);
  });

  it.each([
    'localhost',
    '10.0.0.0/33',
    '::1/129',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '/8',
    'fe80::1%eth0',
    '10.0.0.0/-1',
  ])('are not %j', (text) => {
    expect(() => addresses.parse(text)).toThrow(/^an address, or a network/);
  });
});

describe('the name of a header', () => {
  it.each(['X-Remote-User', 'x_user', 'Remote-User'])('is %s', (text) => {
    expect(headerName.parse(text)).toBe(text);
  });

  it.each([
    'Authorization',
    'HOST',
    'origin',
    'Cookie',
    'Content-Type',
    'Sec-Fetch-Site',
    'Mcp-Session-Id',
    'X User',
    'x:y',
    'ü',
  ])('is not %s', (text) => {
    expect(() => headerName.parse(text)).toThrow(/header/);
  });
});

describe('the name of a time zone', () => {
  it('is one that there is', () => {
    expect([timeZone.parse('Europe/Berlin'), timeZone.parse('utc')]).toEqual(['Europe/Berlin', 'UTC']);
    expect(() => timeZone.parse('Europe/Nowhere')).toThrow(/^the name of a time zone/);
  });
});
