import type { Random } from '../random.ts';
import { spell } from '../spell.ts';

const PATHS = '/api/v1/items /api/v1/orders /users/me /login /assets/app.js /health /oauth/token /search'.split(' ');
const AGENTS = 'Mozilla/5.0 (X11; Linux x86_64) | curl/8.5.0 | kube-probe/1.31 | Go-http-client/2.0'.split(' | ');
const CLASSES = 'auth.TokenService db.Pool http.Router queue.Worker cache.Store mail.Sender'.split(' ');
const EVENTS = [
  'started in 1841 ms on port 8080',
  'slow query: SELECT id, name FROM items WHERE owner = $1 ORDER BY created_at LIMIT 50',
  'connection reset by peer, will try again',
  'invalid password for user admin',
  'token refreshed, expires in 3600 s',
  'retrying the request after 250 ms',
  'flushed 128 rows to disk',
  'order 88123 shipped to warehouse 7',
  'cache miss, loading from the database',
  'GET https://api.example.com/v2/rates?base=CHF 200',
  'worker is idle, going to sleep',
  'heap at 61 %, 412 MB of 672 MB',
];

/** What a service writes about itself in a day: at least that many characters in lines, and no secret in them. */
export function cleanLog(random: Random, size: number): string[] {
  const lines: string[] = [];
  for (let length = 0; length < size;) {
    const line = random.pick([access, event, structured, trace])(random);
    lines.push(line);
    length += line.length + 1;
  }
  return lines;
}

function access(random: Random): string {
  const request = `"${random.pick(['GET', 'POST', 'PUT'])} ${random.pick(PATHS)}?page=${random.int(1, 99)} HTTP/1.1"`;
  return `10.${random.int(0, 255)}.0.7 - - [${clock(random)}] ${request} 200 ${random.int(20, 99_999)} "-" "${random.pick(AGENTS)}"`;
}

function event(random: Random): string {
  return `${clock(random)} INFO  [worker-${random.int(1, 32)}] ${random.pick(CLASSES)} - ${random.pick(EVENTS)} (took ${random.int(1, 900)} ms)`;
}

function structured(random: Random): string {
  const ids = `"request_id":"${spell(random, '{uuid}')}","user_id":${random.int(1, 99_999)}`;
  return `{"ts":"${clock(random)}","level":"info","logger":"${random.pick(CLASSES)}",${ids},"msg":"${random.pick(EVENTS)}"}`;
}

function trace(random: Random): string {
  return `    at ${random.pick(CLASSES)}.run (/srv/app/node_modules/@acme/core/dist/index.js:${random.int(1, 4000)}:${random.int(1, 90)})`;
}

function clock(random: Random): string {
  return `2026-03-${random.int(10, 28)}T${random.int(10, 23)}:${random.int(10, 59)}:${random.int(10, 59)}.${random.int(100, 999)}Z`;
}
