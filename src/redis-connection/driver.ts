import type { Redis, RedisOptions } from 'ioredis';
import { SluiceError } from '../errors.ts';

/** Makes connections to Redis; loaded only where they are needed. */
export type RedisDriver = new (options: RedisOptions) => Redis;

/** @throws SluiceError `usage` where it is not installed */
export async function loadRedis(): Promise<RedisDriver> {
  try {
    return (await import('ioredis')).Redis;
  } catch (error) {
    throw new SluiceError('usage', 'for Redis, ioredis is needed; install it beside sluice: npm install ioredis@6', {
      cause: error,
    });
  }
}
