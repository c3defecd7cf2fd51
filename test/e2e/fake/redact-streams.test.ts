import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceThatMinds } from '../../support/minded-signals.ts';
import { isFull, namedPipe } from '../../support/named-pipe.ts';
import { processesOf } from '../../support/processes.ts';
import { type Running, startSluice, quote } from '../../support/sluice.ts';

const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

/** Writes to a pipe that stays open until the test is over. */
function writer(path: string): (text: string) => void {
  const fd = openSync(path, 'r+');
  onTestFinished(() => closeSync(fd));
  return (text) => void writeSync(fd, text);
}

/** Waits for something that must not take long. */
async function soon<Value>(promise: Promise<Value>, limit = 5_000): Promise<Value> {
  const late = sleep(limit, null, { ref: false }).then(() => Promise.reject(new Error('it took too long')));
  return Promise.race([promise, late]);
}

/** Waits until sluice minds signals and can print no more; each look takes a sixteenth of the pipe as long as it can. */
async function stalls(pipe: string, home: Home): Promise<void> {
  await sluiceThatMinds('SIGHUP', home);
  await expect.poll(() => isFull(pipe), { timeout: 30_000, interval: 500 }).toBe(true);
}

/** The most memory that a run of sluice had so far, in MB. */
function peakOf({ home }: Running): number {
  const peaks = [...processesOf(home.path)]
    .filter(([, command]) => command.includes('sluice.js redact') && !command.startsWith('sh '))
    .map(([pid]) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
  return Math.max(0, ...peaks) / 1024;
}

describe('a pipe that never closes', () => {
  it('comes out as it comes in', async () => {
    const home = freshHome();
    const write = writer(namedPipe(home.project));
    const run = startSluice(['redact', 'pipe'], { home });
    write('first\n');
    await run.prints('first\n');
    write(`second ${TOKEN}\n`);
    await run.prints('second [REDACTED:github-token#1]\n');
    write('third, unfinished, ');
    await run.prints('third, unfinished, ');
    run.kill('SIGTERM');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 143, stderr: '' });
  });

  it('comes out as it is piped in, too', async () => {
    const run = startSluice(['redact'], { input: `a ${TOKEN}\n`, staysOpen: true });
    await run.prints('a [REDACTED:github-token#1]\n');
    run.kill('SIGHUP');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 129, stderr: '' });
  });

  it('is reported as it comes in, in a document that is whole at the end', async () => {
    const run = startSluice(['redact', '--report'], { input: `a\n ${TOKEN}\n`, staysOpen: true });
    await run.prints('"line":2,"column":2');
    run.kill('SIGINT');
    const finished = await soon(run.finished);
    expect(finished.exitCode).toBe(130);
    expect(JSON.parse(finished.stdout)).toMatchObject({ findings: [{ line: 2 }], total: 1, partial: true });
  });

  it('shows nothing of what could become a secret when it is cut', async () => {
    const run = startSluice(['redact', '--secret-env', 'PLAIN'], {
      input: 'done, correct hor',
      staysOpen: true,
      env: { PLAIN: 'correct horse battery' },
    });
    await run.prints('done, ');
    run.kill('SIGINT');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 130, stdout: 'done, ' });
  });
});

describe('a pipe that nobody writes to', () => {
  it.each([
    ['a file to redact', ['redact', 'pipe']],
    ['a file of secrets', ['redact', '--secret-file', 'pipe']],
    ['a recording', ['replay', 'pipe']],
  ])('does not keep sluice from ending, as %s', async (_, args) => {
    const home = freshHome();
    namedPipe(home.project);
    const run = startSluice(args, { home });
    await sluiceThatMinds('SIGHUP', home);
    run.kill('SIGINT');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 130 });
  });

  it('is waited for', async () => {
    const home = freshHome();
    const path = namedPipe(home.project);
    const run = startSluice(['redact', 'pipe', '-'], { home, input: 'stdin\n' });
    await sluiceThatMinds('SIGHUP', home);
    writeFileSync(path, `${TOKEN}\n`);
    expect(await soon(run.finished)).toMatchObject({ exitCode: 0, stdout: '[REDACTED:github-token#1]\nstdin\n' });
  });
});

describe('a key that is longer than what is kept of it', () => {
  it('is masked whole, and what follows it is found where it is', async () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
    const key = [
      '-----BEGIN PRIVATE KEY-----',
      ...Array.from({ length: 5_000 }, () => line),
      '-----END PRIVATE KEY-----',
    ];
    const input = `one\n${key.join('\n')}\nlast ${TOKEN}\n`;
    const masked = startSluice(['redact'], { input });
    expect((await masked.finished).stdout).toBe('one\n[REDACTED:private-key#1]\nlast [REDACTED:github-token#1]\n');
    const report = await startSluice(['redact', '--report'], { input }).finished;
    expect(JSON.parse(report.stdout)).toMatchObject({
      findings: [
        { line: 2, column: 1, kind: 'private-key' },
        { line: 5_004, column: 6, kind: 'github-token' },
      ],
    });
  });
});

/** Has sluice itself write to a file. */
function into(path: string) {
  return (command: string): string => `exec ${command} > ${quote(path)}`;
}

describe('a reader', () => {
  it('that goes away ends it without a word', async () => {
    const run = startSluice(['redact'], { shell: (command) => `yes 'a line of text' | ${command}` });
    await run.prints('a line of text\n');
    run.leave();
    expect(await soon(run.finished)).toMatchObject({ exitCode: 141, stderr: '' });
  });

  it('that stalls is waited for, in little memory, and keeps nobody from ending it', async () => {
    const home = freshHome();
    const pipe = namedPipe(home.project);
    const stalled = openSync(pipe, 'r+');
    onTestFinished(() => closeSync(stalled));
    const run = startSluice(['redact', '/dev/zero'], { home, shell: into(pipe) });
    await stalls(pipe, home);
    expect(peakOf(run)).toBeLessThan(200);
    run.kill('SIGTERM');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 143, stderr: '' });
  });

  it('that stalls at the very end keeps nobody from ending it either', async () => {
    const home = freshHome();
    const pipe = namedPipe(home.project);
    const stalled = openSync(pipe, 'r+');
    onTestFinished(() => closeSync(stalled));
    writeFileSync(join(home.project, 'file'), `${'x'.repeat(999)}\n`.repeat(100));
    const run = startSluice(['redact', 'file'], { home, shell: into(pipe) });
    await stalls(pipe, home);
    run.kill('SIGTERM');
    expect(await soon(run.finished)).toMatchObject({ exitCode: 143, stderr: '' });
  });

  it.each(['text', 'json'])('that stalls keeps nobody from ending a replay, as %s', async (format) => {
    const home = freshHome();
    const pipe = namedPipe(home.project);
    const stalled = openSync(pipe, 'r+');
    onTestFinished(() => closeSync(stalled));
    const messages = [
      { type: 'system', subtype: 'init', session_id: 's', cwd: '/', model: 'm', tools: [], permissionMode: 'default' },
      { type: 'result', subtype: 'success', is_error: false, result: 'word '.repeat(32_000), session_id: 's' },
    ];
    writeFileSync(join(home.project, 'run'), messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
    const run = startSluice(['replay', '--full', '-o', format, 'run'], { home, shell: into(pipe) });
    await stalls(pipe, home);
    run.kill('SIGTERM');
    // The answer and what is left of it have a grace of their own.
    expect(await soon(run.finished, 10_000)).toMatchObject({ exitCode: 74 });
  });
});
