import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Scanner } from './scanner.ts';

const GITLEAKS = 'gitleaks';

/** What is used of a line of its report. */
interface Leak {
  readonly File: string;
  readonly Secret: string;
}

/** gitleaks with its own rules; `null` where it is not on PATH. */
export function findGitleaks(): Scanner | null {
  const { status, stdout } = spawnSync(GITLEAKS, ['version'], { encoding: 'utf8' });
  if (status !== 0) return null;
  return { name: `gitleaks ${stdout.trim()}`, mask: async (texts) => maskAll(texts) };
}

/** One run for all texts, each in a file of its own: it reports secrets by file. */
function maskAll(texts: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-gitleaks-'));
  try {
    const cases = join(folder, 'cases');
    const report = join(folder, 'report.json');
    mkdirSync(cases);
    for (const [index, text] of texts.entries()) writeFileSync(join(cases, `${index}.txt`), text);
    const flags = [
      '--no-banner',
      '--log-level=error',
      '--exit-code=0',
      '--report-format=json',
      `--report-path=${report}`,
    ];
    execFileSync(GITLEAKS, ['dir', cases, ...flags], { stdio: ['ignore', 'ignore', 'inherit'] });
    const leaks: readonly Leak[] = JSON.parse(readFileSync(report, 'utf8'));
    const masked = [...texts];
    for (const { File, Secret } of leaks) {
      const index = Number(basename(File, '.txt'));
      if (Secret !== '') masked[index] = (masked[index] ?? '').replaceAll(Secret, '[…]');
    }
    return masked;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
