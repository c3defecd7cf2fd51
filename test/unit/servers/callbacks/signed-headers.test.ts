import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCallbackKey } from '../../../../src/servers/callbacks/callback-key.ts';
import { signedHeaders } from '../../../../src/servers/callbacks/signed-headers.ts';
import { fileOf } from '../auth/private-files.ts';

/** What stands in the specification of Standard Webhooks. */
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('the signature of a callback', () => {
  it('is what Standard Webhooks has', async () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    expect(signedHeaders(message, await readCallbackKey(fileOf([KEY]), '--key'), 1_614_265_330_999)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is another one for any other id, time, body or key', () => {
    const parts = fc.tuple(
      fc.uuid(),
      fc.integer({ min: 0, max: 2e9 }),
      fc.json(),
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
    );
    const signed = ([id, seconds, body, key]: [string, number, string, Uint8Array]) =>
      signedHeaders({ id, body }, key, seconds * 1000)['webhook-signature'];
    fc.assert(
      fc.property(parts, parts, fc.nat(3), (one, other, which) => {
        const changed: typeof one = [...one];
        changed.splice(which, 1, other[which] ?? '');
        fc.pre(String(changed[which]) !== String(one[which]));
        expect(signed(changed)).not.toBe(signed(one));
        expect(signed(one)).toBe(
          `v1,${createHmac('sha256', one[3]).update(`${one[0]}.${one[1]}.${one[2]}`).digest('base64')}`,
        );
      }),
    );
  });
});

describe('the key of callbacks', () => {
  it('is the bytes of a file, without the line end', async () => {
    const text = 'as long as a key has to be, drawn by lot';
    expect(Buffer.from(await readCallbackKey(fileOf([text]), '--key')).toString()).toBe(text);
  });

  it.each([
    ['too short', fileOf.bind(null, ['short']), 'a key needs at least 24 bytes, drawn by lot; this has 5'],
    ['no base64', fileOf.bind(null, ['whsec_é']), 'what stands behind whsec_ is no base64'],
    ['for others', fileOf.bind(null, [KEY], 0o644), 'its mode is 0644, so others can read or write it'],
    ['missing', () => '/nowhere/key', 'no such file or directory'],
  ])('is refused where it is %s', async (_, file, why) => {
    await expect(readCallbackKey(file(), '--callback-key-file')).rejects.toThrow(why);
  });
});
