const MIN_ENCODED = 12;
const MIN_LINE = 16;
const BASE64_GROUP = 3;

/**
 * The ways a known secret may stand in text: as it is, line by line, escaped in JSON once and twice, URL-encoded,
 * in hex, and in base64 of either alphabet, at each of the three places in a group of bytes where it may begin.
 */
export function encodedForms(secret: string): readonly string[] {
  const forms = new Set([secret]);
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  if (lines.length > 1) for (const line of lines) if (line.length >= MIN_LINE) forms.add(line);
  const url = encodeUrl(secret);
  const lowerUrl = url.replaceAll(/%[\dA-F]{2}/g, (escape) => escape.toLowerCase());
  for (const form of [escapeJson(secret), escapeJson(escapeJson(secret)), escapeGo(secret), url, lowerUrl])
    forms.add(form);
  for (const form of [...hexForms(secret), ...base64Forms(secret)]) if (form.length >= MIN_ENCODED) forms.add(form);
  return [...forms];
}

function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go writes JSON. */
function escapeGo(text: string): string {
  return escapeJson(text).replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function encodeUrl(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half a character has no URL form.
    return text;
  }
}

function hexForms(text: string): string[] {
  const hex = Buffer.from(text, 'utf8').toString('hex');
  return [hex, hex.toUpperCase()];
}

/** What is the same in every base64 text that holds the secret's bytes, whatever stands before and after them. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return Array.from({ length: BASE64_GROUP }, (_, before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const isWhole = (bytes.length + before) % BASE64_GROUP === 0;
    return text.slice(before === 0 ? 0 : before + 1, isWhole ? undefined : -1);
  }).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}
