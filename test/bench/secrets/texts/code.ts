import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installedPeers } from '../../../peers/install.ts';

/** A file of source code. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  /** Whether it belongs to tests or examples, which are full of secrets made up. */
  readonly isExample: boolean;
}

const IS_CODE = /\.(?:[cm]?[jt]s|json)$/;
const IS_EXAMPLE = /(?:^|\/)(?:tests?|__tests__|benchmarks?|examples?|fixtures)\/|\.(?:test|spec|test-d)\./;

/** All code of the packages that are installed for it, in a fixed order; empty where they are not. */
export function readCode(): CodeFile[] {
  const folder = installedPeers('code');
  if (folder === null) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && IS_CODE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const path = relative(folder, file);
      return { path, text: readFileSync(file, 'utf8'), isExample: IS_EXAMPLE.test(path) };
    });
}
