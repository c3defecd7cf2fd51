import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { atomicFile } from '../../../src/sinks/file-output.ts';
import { createMailSummarySink } from '../../../src/sinks/mail-summary.ts';
import { createMetricsFileSink } from '../../../src/sinks/metrics-file.ts';
import { createPingSink } from '../../../src/sinks/ping.ts';
import { neutralise } from '../../../src/sinks/safe-text.ts';
import type { Ending } from '../../../src/sinks/sink.ts';
import { assistant, init, result, SESSION } from '../outcome/evidence.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { crash, endingOf, memory, success } from './endings.ts';

describe('the summary for a mail', () => {
  async function mailOf(ending: Ending): Promise<string> {
    const output = memory();
    await createMailSummarySink(output, neutralise).close(ending);
    return output.text();
  }

  it('is nothing for a success', async () => {
    expect(await mailOf(success())).toBe('');
  });

  it('says what happened, whether to try again, and what there is of an answer', async () => {
    const text = await mailOf(crash());
    expect(text).toMatch(/^Result: +crashed \(exit code 6\)\nReason: +claude ended without a result .*boom/);
    expect(text).toMatch(/\nTry again: +no, it would end alike\n/);
    expect(text).toMatch(/\nThe answer, as far as it came:\n\nHalf an ans\n$/);
  });

  it('says when to try again, and how to go on, where that is known', async () => {
    const limited = result({
      is_error: true,
      api_error_status: 429,
      result: 'You have hit your limit · regain access on 2099-01-01',
    });
    const text = await mailOf(endingOf([init(), limited]));
    expect(text).toMatch(/\nTry again: +yes, after 20(?:98-12-3|99-01-)/);
    expect(text).toContain(`sluice --resume ${SESSION} "go on"`);
  });

  it('lets nothing in it act on a terminal', async () => {
    const text = await mailOf(endingOf([init(), assistant('red \u001B[31m')], { exit: { code: 1, signal: null } }));
    expect(text).not.toContain('\u001B');
  });
});

describe('the metrics file', () => {
  it('tells how the run went, and remembers the last success', async () => {
    const path = join(temporaryFolder(), 'nightly "x".prom');
    const run = async (ending: Ending, at: number): Promise<string> => {
      const output = atomicFile('--metrics-file', path, 0o644);
      await createMetricsFileSink({ path, output, now: () => at }).close(ending);
      return readFileSync(path, 'utf8');
    };
    const first = await run(success(), 1_000_000);
    const job = String.raw`job="nightly \"x\""`;
    expect(first).toContain(`sluice_last_success_timestamp_seconds{${job}} 1000\n`);
    expect(first).toContain(`sluice_last_run_outcome{${job},class="success"} 1\n`);
    expect(first).toContain(`sluice_last_run_exit_code{${job}} 0\n`);
    expect(first).toContain(`sluice_last_run_duration_seconds{${job}} 1.5\n`);
    const second = await run(crash(), 2_000_000);
    expect(second).toContain(`sluice_last_success_timestamp_seconds{${job}} 1000\n`);
    expect(second).toContain(`sluice_last_run_timestamp_seconds{${job}} 2000\n`);
    expect(second).toContain(`sluice_last_run_outcome{${job},class="crashed"} 1\n`);
    for (const line of second.trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) sluice_\w+ .+|sluice_\w+\{(?:\w+="(?:[^"\\]|\\.)*",?)+\} \d+(?:\.\d+)?)$/,
      );
    writeFileSync(path, 'no metrics');
    expect(await run(crash(), 3_000_000)).toContain(`sluice_last_success_timestamp_seconds{${job}} 0\n`);
  });
});

describe('a ping', () => {
  async function receiver(status = 200): Promise<{ url: string; heard: string[] }> {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        heard.push(`${request.method} ${request.url} ${body.trim()}`);
        response.writeHead(status, { location: '/elsewhere' }).end();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check/1?rid=7`, heard };
  }

  it('tells of the start and of the end, with its class', async () => {
    const { url, heard } = await receiver();
    const faults: string[] = [];
    await createPingSink(url, (fault) => faults.push(fault)).close(success());
    await createPingSink(url, (fault) => faults.push(fault)).close(crash());
    expect(heard).toEqual([
      'POST /check/1/start?rid=7 ',
      'POST /check/1?rid=7 success (exit code 0): done',
      'POST /check/1/start?rid=7 ',
      expect.stringMatching(/^POST \/check\/1\/fail\?rid=7 crashed \(exit code 6\): /),
    ]);
    expect(faults).toEqual([]);
  });

  it('that fails is told, and no more than that', async () => {
    for (const [status, reason] of [
      [500, 'the answer was 500'],
      [302, 'it could not be reached'],
    ] as const) {
      const faults: string[] = [];
      const { url } = await receiver(status);
      await createPingSink(url, (fault) => faults.push(fault)).close(success());
      expect(faults).toEqual([reason, reason]);
    }
    const faults: string[] = [];
    await createPingSink('http://127.0.0.1:9/secret', (fault) => faults.push(fault)).close(success());
    expect(faults).toEqual(Array(2).fill(expect.stringMatching(/^it could not be reached/)));
    expect(faults.join()).not.toContain('secret');
  });
});
