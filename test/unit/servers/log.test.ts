import { expect, it } from 'vitest';
import { createLog, type LogOptions } from '../../../src/servers/log.ts';
import { createPrettyLines } from '../../../src/servers/pretty-lines.ts';

it('writes a line of JSON for each, masked and on one line', () => {
  const { lines, log } = open();
  log.info('said \u001b[31mhunter2\nand more', { client: 'hunter2\r\n{"level":"error"}', count: 2 });
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      client: '*** {"level":"error"}',
      count: 2,
      msg: 'said ␛[31m*** and more',
    },
  ]);
});

it('leaves out what is below its level', () => {
  const { lines, log } = open({ level: 'warn' });
  log.info('no');
  log.warn('yes');
  expect(lines).toHaveLength(1);
});

it('is read by people when it is pretty', () => {
  const { lines, log } = open({ show: createPrettyLines(false) });
  log.info('ready', { url: 'http://127.0.0.1:1/' });
  expect(lines.join('')).toMatch(/INFO.*ready[\s\S]*url/);
});

it('says where a fault of our own was', () => {
  const { lines, log } = open();
  log.fault('error', 'a request', new Error('broken'));
  expect(lines[0]).toContain('log.test.ts');
});

it('holds nothing up when its output does, and says how many lines were lost', async () => {
  let release = (): void => {};
  const lines: string[] = [];
  const { log } = open({
    output: {
      write(text) {
        lines.push(text);
        return new Promise((resolve) => (release = resolve));
      },
    },
  });
  for (let at = 0; at < 300; at++) log.info('x'.repeat(2000));
  expect(lines).toHaveLength(1);
  for (let at = 0; at < 3; at++) {
    release();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/"lines":1\d\d,"msg":"lines of the log were lost"/);
});

it('goes on when its output is gone', () => {
  const { log } = open({
    output: {
      write() {
        throw new Error('EPIPE');
      },
    },
  });
  expect(() => log.error('anybody there?')).not.toThrow();
});

function open(options: Partial<LogOptions> = {}): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  const log = createLog({
    level: 'info',
    output: { write: (text) => void lines.push(text) },
    redact: (text) => text.replaceAll('hunter2', '***'),
    ...options,
  });
  return { lines, log };
}
