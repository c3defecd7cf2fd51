import { CODE_WRAPPINGS } from './code.ts';
import { CONFIGURATION_WRAPPINGS } from './configuration.ts';
import { ENVIRONMENT_WRAPPINGS } from './environment.ts';
import { TALK_WRAPPINGS } from './talk.ts';
import type { Wrappings } from './wrapping.ts';

/** Every shape of a named secret. */
export const WRAPPINGS: Wrappings = {
  ...ENVIRONMENT_WRAPPINGS,
  ...CONFIGURATION_WRAPPINGS,
  ...CODE_WRAPPINGS,
  ...TALK_WRAPPINGS,
};
