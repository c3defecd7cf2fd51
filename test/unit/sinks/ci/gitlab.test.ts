import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGitlabLogSink } from '../../../../src/sinks/ci/gitlab-log.ts';
import { rounds } from '../../../support/rounds.ts';
import { assistant, init, type Raw, user } from '../../outcome/evidence.ts';
import { event, message } from '../../stream/messages.ts';
import { endingOf, memory, success } from '../endings.ts';
import { hostileText } from './hostile-texts.ts';

async function logged(messages: readonly Raw[], ending = success('')): Promise<string> {
  const out = memory();
  const sink = createGitlabLogSink(out, { showThinking: true });
  for (const [index, { type, ...fields }] of messages.entries()) await sink.write(event(message(type, fields), index));
  await sink.close(ending);
  return out.text();
}

const call = (input: string, name = 'Bash'): Raw =>
  assistant([{ type: 'tool_use', id: 't1', name, input: { command: input } }]);
const answer = (content: string): Raw => user([{ type: 'tool_result', tool_use_id: 't1', content }]);

/** What GitLab takes for the beginning or the end of a section (`ansi2json`). */
const SECTION = /section_(start|end):(\d+):([\w.-]+)(\[[^\]]*\])?\r\u001B\[0K/g;

const sectionsIn = (text: string): string[] =>
  [...text.matchAll(SECTION)].map(
    ([, what = '', time = '', name = '', options = '']) => `${what} ${time} ${name}${options}`,
  );

describe('the log of a job', () => {
  it('has a section for each call of a tool, collapsed, with its times', async () => {
    const text = await logged([call('ls'), answer('a'), assistant('So.'), call('pwd'), answer('/')]);
    expect(text.startsWith('\u001B[0Ksection_start:1795239000:sluice_1[collapsed=true]\r\u001B[0K● Bash ls\n')).toBe(
      true,
    );
    expect(sectionsIn(text)).toEqual([
      'start 1795239000 sluice_1[collapsed=true]',
      'end 1795239000 sluice_1',
      'start 1795239000 sluice_2[collapsed=true]',
      'end 1795239000 sluice_2',
    ]);
  });

  it('is acted upon by no text of a model', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, hostileText, async (said, asked, told) => {
        const ending = endingOf([init()], { fault: { code: 'internal', message: said } });
        const text = await logged([assistant(said), call(asked, `B${told}`), answer(told)], ending);
        expect(sectionsIn(text)).toHaveLength(2);
        expect(text.match(/[\r\u001B\u009B]/g)?.length).toBe(6);
      }),
      { numRuns: rounds(100) },
    );
  });
});
