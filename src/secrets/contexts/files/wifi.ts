import { passwordSpan } from '../password-span.ts';
import { BLANK, isIn } from '../../scan/alphabets.ts';
import { BACKSLASH, COLON, EQUALS, NEWLINE, RETURN } from '../../scan/codes.ts';
import { startsToken } from '../../scan/left-edge.ts';
import type { Reader } from '../../scan/reader.ts';
import { anchorAt, type Anchor, type Span } from '../../scan/span.ts';
import { isMadeUp } from '../../judge/strong-word.ts';
import { quotedAt, textOf, wordAt } from '../literal.ts';

const MAX_BLANKS = 8;
const MAX_CODE = 176;
const MAX_PADDING = 24;
/** A passphrase of WPA has 8 to 63 characters. */
const MIN_PASSPHRASE = 8;
const MAX_PASSPHRASE = 64;
const CODE = /[()[\],`]/;

/** Passphrases of wireless networks, which have blanks in them: `psk="very secret"`, `wpa_passphrase=garden gate`. */
export const WIFI_ANCHORS: readonly Anchor[] = ['psk', 'wpa_passphrase', 'wep_key0', 'wep_key1', 'sae_password'].map(
  (name) => anchorAt(name, parsePassphrase),
);

/** `WIFI:S:corp;T:WPA;P:…;;`, which cameras read. */
export const WIFI_CODE_ANCHORS: readonly Anchor[] = ['wifi:s:', 'wifi:t:'].map((mark) =>
  anchorAt(mark, (reader, _start, anchorEnd) => {
    const field = /^[^\s"]{0,96}?;P:([^\s;"]+);/.exec(reader.text.slice(anchorEnd, anchorEnd + MAX_CODE));
    reader.at(anchorEnd + MAX_CODE - 1);
    if (field === null) return undefined;
    const end = anchorEnd + field[0].length - 1;
    return passwordSpan(reader, end - (field[1] ?? '').length, end);
  }),
);

/** `Key Content            : …`, as Windows shows a profile. */
export const WIFI_PROFILE_ANCHOR: Anchor = anchorAt('key content', (reader, _start, anchorEnd) => {
  const colon = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_PADDING);
  if (reader.at(colon) !== COLON || !isIn(BLANK, reader.at(colon + 1))) return undefined;
  const key = lineAt(reader, reader.skip(BLANK, colon + 1, colon + MAX_BLANKS));
  return key.end - key.start < MIN_PASSPHRASE ? undefined : passwordSpan(reader, key.start, key.end);
});

/** `WiFi: Guest / garden4502VZZ`, as it stands on a note. */
export const WIFI_NOTE_ANCHOR: Anchor = anchorAt('wifi: ', (reader, start, anchorEnd) => {
  const network = wordAt(reader, anchorEnd, 0, MAX_PASSPHRASE);
  if (!startsToken(reader, start) || !reader.sees(' / ', network.end)) return undefined;
  const password = wordAt(reader, network.end + ' / '.length, 0, MAX_PASSPHRASE);
  return isMadeUp(textOf(reader, password))
    ? { kind: 'password', start: password.start, end: password.end }
    : undefined;
});

function parsePassphrase(reader: Reader, start: number, anchorEnd: number): Span | undefined {
  if (!startsToken(reader, start)) return undefined;
  const sign = reader.skip(BLANK, anchorEnd, anchorEnd + MAX_BLANKS);
  if (reader.at(sign) !== EQUALS) return undefined;
  const from = reader.skip(BLANK, sign + 1, sign + 1 + MAX_BLANKS);
  // With blanks around the sign, or two signs, it is code, and in the middle of a line with what calls are written with.
  const isTight = from === anchorEnd + 1 && reader.at(from) !== EQUALS;
  const line = isTight ? lineAt(reader, from) : undefined;
  const isSetting = line !== undefined && (reader.beginsLine(start) || !CODE.test(textOf(reader, line)));
  const value = quotedAt(reader, from, 2 * MAX_PASSPHRASE) ?? (isSetting ? line : undefined);
  if (value === undefined) return undefined;
  const length = value.end - value.start;
  const isOne = length >= MIN_PASSPHRASE && length <= MAX_PASSPHRASE;
  return isOne ? passwordSpan(reader, value.start, value.end) : undefined;
}

/** The rest of the line, when no more than that. */
function lineAt(reader: Reader, start: number): { readonly start: number; readonly end: number } {
  let end = start;
  for (; end - start <= MAX_PASSPHRASE; end += 1) {
    const code = reader.at(end);
    if (code === -1 || code === NEWLINE || code === RETURN || code === BACKSLASH) break;
  }
  return { start, end };
}
