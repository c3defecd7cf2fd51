import { describe, expect, it } from 'vitest';
import { serveGateway } from './served.ts';

describe('the page', () => {
  it('is a few files that load nothing from elsewhere, run nothing within, and are in no frame', async () => {
    const { fetch } = await serveGateway();
    const files = await Promise.all(
      ['/ui', '/ui/page.css', '/ui/page.js', '/ui/icon.svg'].map(async (path) => {
        const { status, headers } = await fetch(path);
        const policy = headers.get('content-security-policy') ?? '';
        return [status, headers.get('content-type'), policy.includes("script-src 'self'"), policy.includes('unsafe')];
      }),
    );
    expect(files).toEqual([
      [200, 'text/html; charset=utf-8', true, false],
      [200, 'text/css; charset=utf-8', true, false],
      [200, 'text/javascript; charset=utf-8', true, false],
      [200, 'image/svg+xml', true, false],
    ]);
  });

  it('is found with a slash behind it, and asked with GET alone', async () => {
    const { fetch } = await serveGateway();
    const { status, headers } = await fetch('/ui/', { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([308, '../ui']);
    expect((await fetch('/ui', { method: 'POST' })).status).toBe(405);
  });
});

describe('a run in a list', () => {
  it('has the beginning of what was asked, on one line', async () => {
    const { fetch, post } = await serveGateway();
    await post({ prompt: `why\n\n is ${'it '.repeat(100)}` }, {}, '/v1/queries?wait=false');
    const { queries } = Object(await (await fetch('/v1/queries')).json());
    expect(queries[0].prompt).toMatch(/^why is it it .*…$/);
    expect(queries[0].prompt.length).toBeLessThan(202);
  });
});
