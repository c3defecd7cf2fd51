import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../../src/servers/callbacks/is-public-address.ts';

const byte = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xff_ff }).map((value) => value.toString(16));

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2606:4700::1',
    '2a00::',
  ])('of the public internet: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.170',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fdff::1',
    'ff02::1',
    'fec0::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '3fff::1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:10.0.0.1',
    '::7f00:1',
    '100::1',
    '5f00::1',
    'localhost',
    '',
    '127.1',
    '0x7f.1',
    '8.8.8.8:80',
  ])('that is none: %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it('of IPv4 in IPv6 is none, whatever it stands for', () => {
    const prefix = fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '::ffff:0:');
    fc.assert(
      fc.property(prefix, fc.tuple(byte, byte, byte, byte), (before, bytes) => {
        expect(isPublicAddress(`${before}${bytes.join('.')}`)).toBe(false);
      }),
    );
  });

  it('is judged by what it is and not by how it is written', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const address = groups.join(':');
        const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
        expect(isPublicAddress(written)).toBe(isPublicAddress(address));
      }),
    );
  });
});
