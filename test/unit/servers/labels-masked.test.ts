import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../src/secrets/mask.ts';
import { createRedactor } from '../../../src/secrets/redactor.ts';
import { auditLine } from '../../../src/servers/audit/audit-line.ts';
import { endedMessage } from '../../../src/servers/callbacks/ended-message.ts';
import { newRun } from '../../../src/servers/queries/new-run.ts';
import { readQueryRequest } from '../../../src/servers/validation/read-query-request.ts';
import { endOf, queryOf } from './queries-seen.ts';

const SECRETS = { name: 'correcthorsebattery', value: 'swordfish-of-ann-7' };

describe('the labels of a query', () => {
  // A name of letters alone is no less a secret: no label is a field of ours.
  const labels = { team: 'search', [SECRETS.name]: 'x', password: SECRETS.value };
  const query = queryOf({ labels, jsonSchema: { type: 'object' } });
  const mask = maskOf(createRedactor({ env: {}, values: [SECRETS.name] }));
  const request = readQueryRequest({ prompt: 'hi', labels }, 'sent');
  const admitted = { run: {}, request, host: {}, cwd: '/srv/project' };

  it.each([
    ['what is kept of it', newRun(query, admitted, { labels, key: null, digest: 'd', mask })],
    ['what a program is told of its end', JSON.parse(endedMessage(query, endOf(), mask).body)],
    ['its line in the audit', auditLine(query, endOf(), { prompts: true, mask })],
  ])('are in %s without secrets, names and values', (_, sink: unknown) => {
    const text = JSON.stringify(sink);
    expect(text).toContain('"team":"search"');
    expect(text).toContain('"password":"[REDACTED');
    expect(text).not.toMatch(new RegExp(Object.values(SECRETS).join('|')));
  });
});
