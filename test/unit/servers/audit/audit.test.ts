import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { SluiceError } from '../../../../src/errors.ts';
import { type Audit, type AuditOptions, openAudit } from '../../../../src/servers/audit/audit.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { endOf, queryOf } from '../queries-seen.ts';

const openedIn = (folder: string, options: Partial<AuditOptions> = {}): Promise<Audit> =>
  openAudit({
    file: join(folder, 'audit.jsonl'),
    maxBytes: 1_000_000,
    maxFiles: 3,
    prompts: false,
    mask: (text) => text,
    onFault: (fault) => expect.unreachable(fault.message),
    ...options,
  });

function runIdsIn(folder: string, name: string): unknown[] {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => (JSON.parse(line) as { runId: unknown }).runId);
}

const runIds = (count: number): string[] => Array.from({ length: count }, (_, index) => `run-${index}`);

describe('the audit', () => {
  it('has a line for each query as soon as it has ended', async () => {
    const folder = temporaryFolder();
    const { observer, close } = await openedIn(folder);
    observer.ended(queryOf({}, { runId: 'run-0' }), endOf());
    await vi.waitFor(() => expect(runIdsIn(folder, 'audit.jsonl')).toEqual(['run-0']));
    await close();
  });

  it('has whole lines, none lost, when many queries end at once and files are small', async () => {
    const folder = temporaryFolder();
    const { observer, close } = await openedIn(folder, { maxBytes: 5_000, maxFiles: 100 });
    for (const runId of runIds(200)) observer.ended(queryOf({}, { runId }), endOf());
    await close();
    const names = readdirSync(folder).toSorted((one, other) => ageOf(other) - ageOf(one));
    expect(names.length).toBeGreaterThan(10);
    expect(names.flatMap((name) => runIdsIn(folder, name))).toEqual(runIds(200));
  });

  it('goes on after a restart', async () => {
    const folder = temporaryFolder();
    for (const runId of runIds(3)) {
      const { observer, close } = await openedIn(folder);
      observer.ended(queryOf({}, { runId }), endOf());
      await close();
    }
    expect(runIdsIn(folder, 'audit.jsonl')).toEqual(runIds(3));
  });

  it('tells once that it cannot be written, holds nobody up, and catches up', async () => {
    const folder = temporaryFolder();
    const faults: SluiceError[] = [];
    const { observer, close } = await openedIn(folder, { onFault: (fault) => void faults.push(fault), retryMs: 1 });
    const path = join(folder, 'audit.jsonl');
    renameSync(path, `${path}.aside`);
    mkdirSync(path);
    for (const runId of runIds(5)) observer.ended(queryOf({}, { runId }), endOf());
    await vi.waitFor(() => expect(faults).toHaveLength(1));
    rmSync(path, { recursive: true });
    await vi.waitFor(() => expect(runIdsIn(folder, 'audit.jsonl')).toEqual(runIds(5)));
    await close();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ code: 'output_error' });
    expect(faults[0]?.message).toMatch(
      /^--audit: .*audit\.jsonl cannot be written: .*; its lines wait until it can be$/,
    );
  });

  it('tells at the end how many lines are lost', async () => {
    const folder = temporaryFolder();
    const faults: string[] = [];
    const { observer, close } = await openedIn(folder, { onFault: ({ message }) => void faults.push(message) });
    const path = join(folder, 'audit.jsonl');
    rmSync(path);
    mkdirSync(path);
    for (const runId of runIds(5)) observer.ended(queryOf({}, { runId }), endOf());
    await close();
    expect(faults.at(-1)).toBe(`--audit: 5 lines for ${path} are lost`);
  });

  it('tells that a full file cannot be moved away, and loses no line', async () => {
    const folder = temporaryFolder();
    const faults: string[] = [];
    const { observer, close } = await openedIn(folder, {
      maxBytes: 1,
      maxFiles: 1,
      onFault: ({ message }) => void faults.push(message),
    });
    mkdirSync(join(folder, 'audit.jsonl.1'));
    for (const runId of runIds(5)) observer.ended(queryOf({}, { runId }), endOf());
    await close();
    expect(runIdsIn(folder, 'audit.jsonl')).toEqual(runIds(5));
    expect(faults).toEqual([
      expect.stringMatching(
        /^--audit: .*audit\.jsonl is full and cannot be moved away: .*\(EISDIR\); lines are still added to it$/,
      ),
    ]);
  });

  it('is of one server, also where another names it by a link', async () => {
    const folder = temporaryFolder();
    const { close } = await openedIn(folder);
    symlinkSync(join(folder, 'audit.jsonl'), join(folder, 'link'));
    for (const name of ['audit.jsonl', 'link']) {
      const file = join(folder, name);
      const second = openedIn(folder, { file });
      await expect(second).rejects.toMatchObject({ code: 'usage' });
      await expect(second).rejects.toThrow(`--audit: ${file} is written by another server`);
    }
    await close();
    const next = await openedIn(folder);
    await next.close();
  });

  it('is refused at the start where it cannot be written', async () => {
    const file = join(temporaryFolder(), 'no', 'audit.jsonl');
    const refused = openedIn('', { file });
    await expect(refused).rejects.toMatchObject({ code: 'usage' });
    await expect(refused).rejects.toThrow(`--audit: ${file} cannot be written: no such file or directory (ENOENT)`);
  });
});

/** What follows the name of a full file; the newest has 1. */
function ageOf(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);
}
