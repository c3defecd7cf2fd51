import { createHash } from 'node:crypto';
import type { PageFiles } from '../page/built-page.ts';
import type { RunEvent } from '../messages/types.ts';
import { escapeJson } from '../sinks/safe-text.ts';

/** Begins the document of a report; events follow it, then its end. Nothing is loaded by it, and nothing of a run is run. */
export function openingOf({ css, reportScript }: Pick<PageFiles, 'css' | 'reportScript'>): string {
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(reportScript)}'`,
    `style-src '${digestOf(css)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Report of a run · sluice</title>
<style>${css}</style>
</head>
<body>
<div id="root"></div>
<noscript>This report needs JavaScript: all of it is in this file.</noscript>
<script>${reportScript}</script>
`;
}

/** Some events, as data that ends nowhere but where it should: there is no `<` in it. */
export function eventsPart(events: readonly RunEvent[]): string {
  return `<script type="application/json">[${events.map(harmless).join(',\n')}]</script>\n`;
}

/** What the run was asked, likewise. */
export function promptPart(prompt: string): string {
  return `<script type="application/json" id="prompt">${harmless(prompt)}</script>\n`;
}

function harmless(value: unknown): string {
  return escapeJson(value).replaceAll('<', String.raw`\u003c`);
}

export const CLOSING = '</body>\n</html>\n';

/** A source of CSP's that is just this text (CSP 3, 2.3.1). */
function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
