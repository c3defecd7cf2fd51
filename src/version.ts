import manifest from '../package.json' with { type: 'json' };

/** The version of sluice. */
export const VERSION: string = manifest.version;
