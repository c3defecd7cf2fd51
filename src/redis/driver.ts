import type { Redis, RedisOptions } from 'ioredis';
import { SluiceError } from '../errors.ts';

/** What makes connections to Redis; it is loaded only where there is one. */
export type RedisDriver = new (options: RedisOptions) => Redis;

/** @throws SluiceError `usage` where it is not installed */
export async function loadRedis(): Promise<RedisDriver> {
  try {
    return (await import('ioredis')).Redis;
  } catch (error) {
    throw new SluiceError('usage', 'Redis is spoken to by ioredis; install it beside sluice: npm install ioredis@6', {
      cause: error,
    });
  }
}
