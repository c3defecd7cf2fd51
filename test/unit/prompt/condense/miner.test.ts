import { describe, expect, it } from 'vitest';
import { headerOf, momentOf } from '../../../../src/prompt/condense/mine/header.ts';
import { createMiner } from '../../../../src/prompt/condense/mine/miner.ts';
import { finalKind } from '../../../../src/prompt/condense/mine/parse-tree.ts';

/** The template of each line, in order. */
function templatesOf(lines: readonly string[]): string[] {
  const miner = createMiner();
  const kinds = lines.map((line) => miner.mine(line).kind);
  return kinds.map((kind) => finalKind(kind).words.join(' '));
}

describe('the header of a line', () => {
  const HEADERS: readonly (readonly [header: string, message: string, level: string | null])[] = [
    ['2024-05-06 12:00:00,123 INFO [main] org.example.App: ', 'Started in 3 s', 'I'],
    ['May  6 12:00:00 web-1 sshd[123]: ', 'Connection closed', null],
    ['2024-05-06T12:00:00.123Z stdout F 2024-05-06 12:00:00 ERROR ', 'no route', 'E'],
    ['05-06 12:00:00.123  1702  2395 D WindowManager: ', 'focus lost', 'D'],
    ['[Mon May 06 12:00:00 2024] [error] ', 'child in error state 6', 'E'],
    ['20240506-12:00:00:123|Steps|3000|', 'changed 12', null],
    ['[pod/api-7d9f/x] 2024-05-06T12:00:00Z INFO ', 'ready', 'I'],
    ['12:00:00.123 [main] DEBUG com.example.Bar - ', 'hello', 'D'],
    ['[ERROR] ', 'Failed to execute goal', 'E'],
    ['build\tRun npm test\t2024-05-06T12:00:00.1234567Z ', 'not ok 7', null],
    ['2024-05-06T12:00:00.123456Z 01O ', 'fetching', null],
    ['db-1  | 2024-05-06 12:00:00.123 UTC [77] FATAL:  ', 'no such role', 'F'],
    ['', 'Connection refused: no route to host', null],
    ['2024-05-06 12:00:00 ', 'Connection refused by peer', null],
  ];

  it.each(HEADERS)('%s|%s', (header, message, level) => {
    expect(headerOf(header + message)).toEqual({ end: header.length, level });
  });
});

describe('the moment of a line', () => {
  it.each([
    ['[Mon May 06 12:00:00 2024] [error] child', 'Mon May 06 12:00:00 2024'],
    ['2024-05-06T12:00:00.123Z stdout F 2024-05-06 12:00:01 ERROR no route', '2024-05-06T12:00:00.123Z'],
    ['10.0.0.1 - - [06/May/2024:12:00:00 +0000] "GET / HTTP/1.1" 200', '06/May/2024:12:00:00 +0000'],
    ['{"level":30,"time":1714996800123,"msg":"at 12:00:00"}', '1714996800123'],
    ['{"Time":"2024-05-06T12:00:00Z","Action":"run"}', '2024-05-06T12:00:00Z'],
    ['level=info ts=2024-05-06T12:00:00Z msg=x', '2024-05-06T12:00:00Z'],
    ['the job of 2024-05-06 12:00:00 failed', null],
    ['at (a.js:1:1)', null],
  ])('%s: %s', (line, moment) => {
    expect(momentOf(line)).toBe(moment);
  });
});

describe('the graveness of a line', () => {
  it.each([
    'not ok 7 - rejects expired tokens',
    'build\tRun npm test\t2024-05-06T12:00:00.1234567Z not ok 7 - rejects expired tokens',
    '[pod/api-7d9f/x] 2024-05-06T12:00:00Z E   assert 9.99 == 10',
    'api-1  | FAIL example.com/pay',
    '2024-05-06T12:00:00.123456Z 01O Caused by: no tenant',
    '2024-05-06T12:00:00.123Z stderr F Traceback (most recent call last):',
  ])('is that of a failure whatever kept the line: %s', (line) => {
    expect(createMiner().mine(line).graveness).toBe(3);
  });

  it.each([
    ['10.0.0.1 - - [06/May/2024:12:00:00 +0000] "GET /a/1 HTTP/1.1" ', '200 17', '502 17'],
    ['job 3 ended with ', 'status 200', 'status 503'],
    ['step 9 exited with code ', '0', '137'],
    ['', '0 errors, 12 tests', '3 errors, 12 tests'],
  ])('depends on numbers that tell: %s%s, not %s', (line, good, bad) => {
    const miner = createMiner();
    expect([good, bad, good].map((end) => miner.mine(line + end).graveness > 1)).toEqual([false, true, false]);
  });

  it.each(['ok 7 - rejects errors', '    ✔ fails on an error (3ms)', '--- PASS: TestError (0.00s)'])(
    'is none of a test that passed: %s',
    (line) => {
      expect(createMiner().mine(line).graveness).toBe(0);
    },
  );
});

describe('the kinds of lines', () => {
  it('do not depend on numbers, ids, addresses and paths', () => {
    const lines = [
      'took 12 ms for 10.0.0.1:80 at /srv/a/b.txt id 550e8400-e29b-41d4-a716-446655440000',
      'took 3.5 s for 10.1.0.9:8080 at /var/c.log id 0f8e8400-e29b-41d4-a716-44665544ffff',
    ];
    expect(templatesOf(lines)).toEqual(Array(2).fill('took <*> for <*> at <*> id <*>'));
  });

  it('do not depend on whether a quantity is told again in another unit', () => {
    expect(templatesOf(['sent 403 bytes, took 9 ms', 'sent 18846 bytes (18.4 KB), took 90000 ms (90.0 s)'])).toEqual([
      'sent <*>, took <*>',
      'sent <*>, took <*>',
    ]);
  });

  it('keep words apart that have few values, and join those that have many', () => {
    expect(new Set(templatesOf(['session opened for root', 'session closed for root'])).size).toBe(2);
    const users = ['ada', 'bob', 'cyd', 'dan', 'eve'];
    expect(new Set(templatesOf(users.map((user) => `login of user ${user} failed`)))).toEqual(
      new Set(['login of user <*> failed']),
    );
  });

  it('are those of the message in JSON lines and logfmt', () => {
    const json = (id: number): string => JSON.stringify({ time: id, level: 'error', msg: `no route to db-${id}`, id });
    expect(new Set(templatesOf([json(1), json(2), 'time=3 level=error msg="no route to db-7" n=1']))).toEqual(
      new Set(['no route to db-<*>']),
    );
    expect(createMiner().mine(json(1)).level).toBe('E');
  });

  it('are those of the line that docker or go test keeps in JSON', () => {
    const docker = (id: number): string =>
      JSON.stringify({ log: `2024-05-06T12:00:00Z ERROR no route to db-${id}\n`, stream: 'stderr' });
    expect(new Set(templatesOf([docker(1), docker(2)]))).toEqual(new Set(['no route to db-<*>']));
    expect(createMiner().mine(docker(1)).level).toBe('E');
    expect(templatesOf(['{"Action":"output","Output":"    a_test.go:31: got 9\\n"}'])).toEqual([
      'a_test.go:<*>: got <*>',
    ]);
  });

  it('tell the levels that loggers write as numbers', () => {
    const miner = createMiner();
    const pino = (level: number): string => `{"level":${level},"time":1714996800123,"msg":"no answer"}`;
    expect([30, 50, 30, 40, 60, 50].map((level) => miner.mine(pino(level)).graveness)).toEqual([0, 2, 0, 1, 3, 2]);
    const journal = (priority: number): string => `{"PRIORITY":"${priority}","MESSAGE":"no answer"}`;
    expect([6, 3, 6, 4].map((priority) => miner.mine(journal(priority)).level)).toEqual(['I', 'E', 'I', 'W']);
  });

  it('mask a moment in quotes, too', () => {
    expect(templatesOf(['since "2024-05-06T12:00:00.123Z"'])).toEqual(['since "<*>"']);
  });

  it('are bounded, however many different lines there are', () => {
    const miner = createMiner();
    const word = (seed: number): string =>
      seed.toString(36).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
    for (let seed = 0; seed < 20_000; seed += 1)
      miner.mine(`${word(seed * 7919)} ${word(seed * 104_729)} ${word(seed * 1_299_709)} ${'x '.repeat(seed % 9)}`);
    expect(miner.kinds().length).toBeLessThan(4100);
  });
});
