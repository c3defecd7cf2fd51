import type { FastifyInstance } from 'fastify';
import type { PageFiles } from '../../page/built-page.ts';
import { answerText } from '../http/answer.ts';

/** Where the page is. */
const PAGE_PATH = '/ui';

/**
 * Nothing but the page's own files is loaded or asked, nothing that stands in it is a script, and no other page can hold
 * it in a frame (CSP 3, Trusted Types).
 */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

/** Serves the page, whose files hold nothing that anybody may not see: whoever asks by it has to prove who they are. */
export function routePage(app: FastifyInstance, load: () => Promise<PageFiles>): void {
  const files = [
    { url: PAGE_PATH, file: 'html', type: 'text/html; charset=utf-8' },
    { url: `${PAGE_PATH}/page.css`, file: 'css', type: 'text/css; charset=utf-8' },
    { url: `${PAGE_PATH}/page.js`, file: 'script', type: 'text/javascript; charset=utf-8' },
    { url: `${PAGE_PATH}/icon.svg`, file: 'icon', type: 'image/svg+xml' },
  ] as const;
  const open = { method: ['GET', 'HEAD'], config: { isOpen: true } } as const;
  for (const { url, file, type } of files) {
    app.route({
      ...open,
      method: [...open.method],
      url,
      handler: async (_, reply) => {
        answerText(reply.headers(HEADERS), type, (await load())[file]);
        return reply;
      },
    });
  }
  app.route({
    ...open,
    method: [...open.method],
    url: `${PAGE_PATH}/`,
    // Relative, since a proxy may have a path before it.
    handler: async (_, reply) => reply.code(308).header('location', `..${PAGE_PATH}`).send(),
  });
}
