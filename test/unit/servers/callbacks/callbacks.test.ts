import { describe, expect, it } from 'vitest';
import { openCallbacks, type CallbackOptions } from '../../../../src/servers/callbacks/callbacks.ts';
import { signedHeaders } from '../../../../src/servers/callbacks/signed-headers.ts';
import type { CallbackResult } from '../../../../src/servers/observer.ts';
import { Refusal } from '../../../../src/servers/refusal.ts';
import { startReceiver } from '../../../support/receiver.ts';
import { endingOf } from '../../sinks/endings.ts';
import { init, result } from '../../outcome/evidence.ts';
import { endOf, queryOf, refusedWith } from '../queries-seen.ts';

const key = Buffer.alloc(32, 'k');
const mask = (text: string): string => text.replace('hunter2', '***');

/** Something that is called back, by a name. */
async function receiver(answer: Parameters<typeof startReceiver>[0]) {
  const { received, port } = await startReceiver(answer);
  return { received, port, host: `hooks.test:${port}`, url: `http://hooks.test:${port}/a?b=c` };
}

const toLoopback: CallbackOptions['resolve'] = async () => [{ address: '127.0.0.1', family: 4 }];

/** Calls back about one query, and tells what came of it. */
async function told(
  callbackUrl: string,
  options: Partial<CallbackOptions> = {},
  end = endOf(),
): Promise<CallbackResult | 'nothing'> {
  const results: CallbackResult[] = [];
  const { hostname, host } = new URL(callbackUrl);
  const callbacks = openCallbacks({
    rules: { hosts: [host, hostname], private: true },
    key,
    mask,
    onResult: (_, result) => void results.push(result),
    pauses: [1, 1, 1],
    timeoutMs: 5_000,
    resolve: toLoopback,
    ...options,
  });
  const query = queryOf({ callbackUrl, labels: { team: 'search hunter2' } });
  callbacks.observer.started?.(query);
  callbacks.observer.ended(query, end);
  await expect.poll(() => results.length, { timeout: 10_000 }).toBe(1);
  await callbacks.close();
  return results[0] ?? 'nothing';
}

describe('a callback', () => {
  it('says what came of a query, signed', async () => {
    const { received, url, host, port } = await receiver((response) => response.end());
    const ending = endingOf([init(), result({ result: 'All is well.', total_cost_usd: 0.5 })]);
    expect(await told(url, {}, endOf(ending))).toMatchObject({
      host,
      outcome: 'delivered',
      attempts: 1,
      status: 200,
      error: null,
    });
    const [posted] = received;
    const { headers = {}, body = '' } = posted ?? {};
    const { runId } = queryOf();
    const seconds = Number(headers['webhook-timestamp']);
    expect(headers).toMatchObject({
      ...signedHeaders({ id: runId, body }, key, seconds * 1000),
      host: `hooks.test:${port}`,
      'content-type': 'application/json',
    });
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(30);
    expect(JSON.parse(body)).toMatchObject({
      type: 'query.ended',
      data: {
        runId,
        labels: { team: 'search ***' },
        ended: 'finished',
        outcome: { class: 'success', exitCode: 0 },
        result: { success: true, summary: 'All is well.' },
        costUsd: 0.5,
      },
    });
  });

  it('leaves out a result that is too long', async () => {
    const { received, url } = await receiver((response) => response.end());
    const ending = endingOf([init(), result({ result: 'a'.repeat(300_000) })]);
    expect(await told(url, {}, endOf(ending))).toMatchObject({ outcome: 'delivered' });
    expect(received[0]?.body.length).toBeLessThan(10_000);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ data: { result: null, resultLeftOut: true } });
  });

  it('is tried again after what passes, with the same id', async () => {
    const { received, url } = await receiver((response, _, { length: times }) => {
      if (times === 1) response.destroy();
      else response.writeHead(times === 2 ? 503 : 204).end();
    });
    expect(await told(url)).toMatchObject({ outcome: 'delivered', attempts: 3, status: 204 });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it.each([
    ['no end of trouble', 503, 4, 'it answered 503'],
    ['a refusal', 401, 1, 'it answered 401'],
    ['a redirect', 307, 1, 'it leads elsewhere, and redirects are not followed'],
  ])('is given up after %s', async (_, status, attempts, error) => {
    const { received, url } = await receiver((response) => response.writeHead(status, { location: '/b' }).end());
    expect(await told(url)).toMatchObject({ outcome: 'failed', attempts, status, error });
    expect(received).toHaveLength(attempts);
  });

  it('waits for no answer for ever', async () => {
    const { url } = await receiver(() => {});
    expect(await told(url, { timeoutMs: 50, pauses: [] })).toMatchObject({
      error: 'no answer within 50 ms',
      attempts: 1,
    });
    const never = { resolve: () => new Promise<never>(() => {}), timeoutMs: 50, pauses: [] };
    expect(await told(url, never)).toMatchObject({ error: 'no answer within 50 ms' });
  });

  it('reads nothing of an answer but its status', async () => {
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) continue;
        response.once('drain', pour);
      };
      pour();
    });
    expect(await told(url)).toMatchObject({ outcome: 'delivered' });
  });

  it.each([[['127.0.0.1']], [['8.8.8.8', '::ffff:10.0.0.1']], [['64:ff9b::808:808']]])(
    'goes to no name that leads to %j, and never asks twice',
    async (addresses) => {
      let asked = 0;
      const resolve = async () => {
        asked++;
        return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      };
      const rules = { hosts: ['hooks.test'], private: false };
      expect(await told('https://hooks.test/', { rules, resolve })).toMatchObject({
        outcome: 'failed',
        attempts: 1,
        status: null,
        error: 'its host has a private address',
      });
      expect(asked).toBe(1);
    },
  );

  it('is told where its name leads nowhere', async () => {
    const resolve = () => Promise.reject(new Error('getaddrinfo ENOTFOUND hooks.test'));
    expect(await told('https://hooks.test/', { resolve, pauses: [1] })).toMatchObject({
      attempts: 2,
      error: 'getaddrinfo ENOTFOUND hooks.test',
    });
  });

  it('is not for a query that was not let in, nor for one that an earlier server masked the URL of', async () => {
    const results: CallbackResult[] = [];
    const onResult = (_: unknown, result: CallbackResult): void => void results.push(result);
    const callbacks = openCallbacks({ rules: { hosts: ['hooks.test'], private: false }, key, mask, onResult });
    const refused = refusedWith(new Refusal('rate_limited', 'too many'));
    callbacks.observer.ended(queryOf({ callbackUrl: 'https://hooks.test/' }), refused);
    const masked = queryOf({ callbackUrl: 'https://hooks.test/?token=[REDACTED:token#1]' });
    callbacks.observer.ended(masked, { ...endOf(), ended: 'interrupted' });
    await callbacks.close();
    expect(results).toEqual([
      expect.objectContaining({ attempts: 0, error: 'its URL held a secret, which is not kept' }),
    ]);
  });

  it('has one try when the server ends', async () => {
    const { url } = await receiver(() => {});
    const results: CallbackResult[] = [];
    const callbacks = openCallbacks({
      rules: { hosts: [new URL(url).host], private: true },
      key,
      mask,
      onResult: (_, result) => void results.push(result),
      closeMs: 50,
      resolve: toLoopback,
    });
    callbacks.observer.started?.(queryOf());
    callbacks.observer.ended(queryOf({ callbackUrl: url }), endOf());
    await callbacks.close();
    expect(results).toMatchObject([{ outcome: 'left', attempts: 1, error: 'the server ended' }]);
  });
});
