import { API_FAULTS } from './api.ts';
import type { Fault } from './fault.ts';
import { OUR_FAULTS } from './ours.ts';
import { PROCESS_FAULTS } from './process.ts';

/** Faults of one kind, and what is common to them. */
export interface Family {
  readonly name: string;
  readonly about: string;
  readonly faults: readonly Fault[];
}

export const API: Family = {
  name: 'The API',
  about:
    'The real claude, which a stub of the API fails; where it ends at once, a recording of the pinned one does for it.',
  faults: API_FAULTS,
};

export const PROCESS: Family = {
  name: 'The process of claude',
  about: 'The fake claude; the real one with the MCP servers.',
  faults: PROCESS_FAULTS,
};

export const OURS: Family = {
  name: 'Our own side',
  about: 'The fake claude; the machine fails sluice.',
  faults: OUR_FAULTS,
};

/** A file of tests each, so that they run beside each other. */
export const FAMILIES: readonly Family[] = [API, PROCESS, OURS];
