import { vi } from 'vitest';

/**
 * What is waited for comes late on a busy machine. Vitest gives it a second, and has a setting for `expect.poll` alone
 * (vitest.config.ts), which is as long as this.
 */
const PATIENCE = { timeout: 10_000 };

const { waitFor, waitUntil } = vi;
vi.waitFor = (check, options = PATIENCE) => waitFor(check, options);
vi.waitUntil = (check, options = PATIENCE) => waitUntil(check, options);
