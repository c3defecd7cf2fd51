/** The files of the page, as text. */
export interface PageFiles {
  readonly html: string;
  readonly css: string;
  /** The script of the page of a gateway, and the one of a report. */
  readonly script: string;
  readonly reportScript: string;
  readonly icon: string;
}

/** Those files in what is built; empty in the sources, which no browser can read. */
export const BUILT_PAGE: PageFiles = { html: '', css: '', script: '', reportScript: '', icon: '' };
