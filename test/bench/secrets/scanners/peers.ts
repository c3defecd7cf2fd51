import { findGitleaks } from './gitleaks.ts';
import type { Scanner } from './scanner.ts';
import { findSecretlint } from './secretlint.ts';

/** The scanners that are there to compare with, and how to get the others. */
export async function findPeers(): Promise<{
  readonly peers: readonly Scanner[];
  readonly missing: string[];
}> {
  const found: Readonly<Record<string, Scanner | null>> = {
    'secretlint is not installed: npx tsx test/peers/install.ts secretlint': await findSecretlint(),
    'gitleaks is not on PATH: https://github.com/gitleaks/gitleaks/releases': findGitleaks(),
  };
  return {
    peers: Object.values(found).filter((scanner) => scanner !== null),
    missing: Object.keys(found).filter((name) => found[name] === null),
  };
}
