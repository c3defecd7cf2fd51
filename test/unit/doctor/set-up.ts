import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SluiceError } from '../../../src/errors.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { Setup } from '../../../src/doctor/setup.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A set-up without a claude, in a home with these files, by their paths. */
export function setUp(files: Readonly<Record<string, unknown>> = {}, env: Setup['env'] = {}): Setup & { home: string } {
  const home = temporaryFolder();
  const cwd = join(home, 'project');
  mkdirSync(cwd);
  for (const [path, content] of Object.entries(files)) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  }
  return {
    home,
    cwd,
    env: { HOME: home, ...env },
    claude: new SluiceError('claude_not_found', 'claude not found on PATH'),
  };
}

/** The findings of a level, in words. */
export function told(findings: readonly Finding[], level: Finding['level']): string[] {
  return findings.filter((finding) => finding.level === level).map(({ what }) => what);
}
