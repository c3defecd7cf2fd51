import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/messages/recognise.ts';
import { createReportSink } from '../../../src/html-report/report-sink.ts';
import { assistant, init } from '../outcome/evidence.ts';
import { crash } from '../sinks/endings.ts';
import { event } from '../stream/messages.ts';

const PAGE = { css: 'body{}', reportScript: 'run("a")' };

async function reportOf(messages: readonly Parameters<typeof recognise>[0][]): Promise<string> {
  const written: string[] = [];
  const sink = createReportSink({ write: (text) => void written.push(text) }, PAGE);
  for (const [index, message] of messages.entries()) await sink.write(event(recognise(message), index + 1));
  await sink.close(crash());
  return written.join('');
}

/** The events in a report, by the script that each stands in. */
function eventsIn(html: string): Readonly<Record<string, unknown>>[][] {
  return [...html.matchAll(/<script type="application\/json">(.*?)<\/script>/gs)].map(([, json = '']) =>
    JSON.parse(json),
  );
}

describe('a report', () => {
  it('has all events but pieces, the ending last, in parts', async () => {
    const piece = { type: 'stream_event', event: { type: 'message_stop' } };
    const parts = eventsIn(await reportOf([init(), piece, ...Array.from({ length: 150 }, () => assistant('hi'))]));
    expect(parts.map((part) => part.length)).toEqual([100, 52]);
    expect(parts.at(-1)?.at(-1)).toMatchObject({ message: { code: 'ending' } });
  });

  it('has what was asked beside them, where that is known', async () => {
    const written: string[] = [];
    const ids: string[] = [];
    const sink = createReportSink({ write: (text) => void written.push(text) }, PAGE, async (runId) => {
      ids.push(runId);
      return 'why? </script>';
    });
    const ending = crash();
    await sink.close(ending);
    const [, json = ''] = /<script type="application\/json" id="prompt">(.*?)<\/script>/.exec(written.join('')) ?? [];
    expect([JSON.parse(json), ids]).toEqual(['why? </script>', [ending.report.runId]]);
    expect(await reportOf([])).not.toContain('id="prompt"');
  });

  it('lets its own script and style act, and nothing else', async () => {
    const html = await reportOf([assistant('</script><script>alert(1)</script><!-- \u2028')]);
    const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(html).toContain(
      `default-src 'none'; script-src ${digest(PAGE.reportScript)}; style-src ${digest(PAGE.css)};`,
    );
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/<!--|\u2028/);
    expect(JSON.stringify(eventsIn(html))).toContain('</script><script>alert(1)</script><!-- ');
  });
});
