import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { startReplica } from '../../../src/runs/redis/replica.ts';
import type { Store } from '../../../src/runs/redis/store.ts';

const LEASE_MS = 30;

it('is not heard once Redis takes longer to renew its lease than that lasts', async () => {
  let isFrozen = false;
  const renew = async () => (isFrozen ? sleep(10 * LEASE_MS, []) : []);
  const store: Partial<Store> = { renew, look: async () => [], excess: async () => ({ runs: [], records: [] }) };
  const replica = startReplica({
    store: store as Store,
    going: new Map(),
    limits: { runs: 10, ageMs: 1000, bytes: 1000 },
    leaseMs: LEASE_MS,
    lookForAnswers: async () => {},
    onOrphan: () => {},
    onUsed: async () => {},
    onFault: () => {},
  });
  await vi.waitFor(() => expect(replica.isHeard()).toBe(true));
  isFrozen = true;
  await vi.waitFor(() => expect(replica.isHeard()).toBe(false));
  isFrozen = false;
  await vi.waitFor(() => expect(replica.isHeard()).toBe(true));
  await replica.end();
});
