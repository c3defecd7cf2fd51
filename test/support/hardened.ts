import { expect } from 'vitest';

/** What a service of a Compose file has that can do little harm, and no more than its share. */
export const HARDENED = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  user: expect.stringContaining('1000'),
  mem_limit: expect.anything(),
  pids_limit: expect.anything(),
};
