import { describe, expect, it } from 'vitest';
import { flagName } from '../../../src/cli/settings/flag-name.ts';
import { classify } from '../../../src/outcome/classify.ts';
import { resumableSession } from '../../../src/outcome/report.ts';
import { assistant, evidence as evidenceOf, init, result, SESSION } from './evidence.ts';

/** As the command line is told of it. */
const evidence: typeof evidenceOf = (messages, known) => evidenceOf(messages, { nameOption: flagName, ...known });

const asked = { schema: false, failOn: [] };

describe('a run that was not as asked', () => {
  const stopped = { stoppedBy: 'unmet', stopDetail: '--agent x: claude has\n no such agent' } as const;

  it('is a usage error, whatever came of it', () => {
    for (const messages of [[], [init()], [init(), result()]]) {
      expect(classify(evidence(messages, stopped))).toMatchObject({
        class: 'usage',
        exitCode: 2,
        message: '--agent x: claude has no such agent',
      });
    }
  });

  it('leaves nothing to go on with', () => {
    const report = { sessionId: SESSION, partial: true };
    expect(resumableSession({ class: 'usage', report })).toBeNull();
    expect(resumableSession({ class: 'timeout', report })).toBe(SESSION);
  });

  it('tells in warnings what is no reason to stop', () => {
    const known = {
      asked: { ...asked, tools: ['Read', 'LS'], disallowedTools: ['bash'], permissionMode: 'plan' },
      remarks: ['a remark'],
      servers: { heard: [{ name: 'a', status: 'failed', error: 'refused' }], given: [] },
    };
    expect(classify(evidence([init(), result()], known)).warnings).toEqual([
      'a remark',
      '--tools: claude does not have LS',
      '--disallowed-tools: bash denies nothing: claude has no such tool (Bash?)',
      'MCP server a not started: refused',
    ]);
  });

  it('tells once of a rule that claude tells of too', () => {
    const stderr = 'Permission deny rule "bash" matches no known tool — check for typos.\n';
    const known = { stderr, asked: { ...asked, disallowedTools: ['bash'] } };
    expect(classify(evidence([init(), result()], known)).warnings).not.toContainEqual(
      expect.stringContaining('denies nothing'),
    );
  });
});

describe('an answer that meets no schema', () => {
  const known = { asked: { ...asked, schema: true } };

  it('is not blamed where there was no tool to answer with', () => {
    expect(classify(evidence([init(), result()], known))).toMatchObject({
      class: 'schema_unmet',
      message: expect.stringContaining('no StructuredOutput'),
    });
    expect(classify(evidence([init({ tools: ['StructuredOutput'] }), result()], known)).message).toBe(
      'the answer does not meet --json-schema',
    );
  });

  it('may be the API’s doing, which speaks of a tool', () => {
    const text = 'API Error: 400 tools.5.custom.input_schema: input_schema does not support anyOf at the top level';
    const failed = [assistant(text), result({ is_error: true, api_error_status: 400, result: text })];
    const message = (schema: boolean): string => classify(evidence(failed, { asked: { ...asked, schema } })).message;
    expect(message(true)).toBe(
      `${text}; if that is --json-schema: it has to be an object, with no anyOf, oneOf or allOf at its root`,
    );
    expect(message(false)).toBe(text);
  });
});

describe('a session that was not found', () => {
  it.each<[string | null, string]>([
    ['/srv/app', '; it belongs to /srv/app: run it there, or pass --cwd /srv/app'],
    ["/my app's", "; it belongs to /my app's: run it there, or pass --cwd '/my app'\\''s'"],
    ['/two\nlines', "; it belongs to /two lines: run it there, or pass --cwd '/two lines'"],
    [null, ''],
  ])('is named with its folder: %j', (sessionFolder, ending) => {
    const stderr = `No conversation found with session ID: ${SESSION}`;
    const outcome = classify(evidence([], { stderr, sessionFolder, exit: { code: 1, signal: null } }));
    expect(outcome).toMatchObject({ class: 'usage', message: `claude rejected the run: ${stderr}${ending}` });
  });
});
