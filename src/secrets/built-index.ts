/** The index of all formats, as `storedFormats` has it, in what is built; null in the sources: it is made when it is needed. */
export const BUILT_INDEX: string | null = null;
