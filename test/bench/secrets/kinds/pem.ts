import { BASE64, type Random } from '../random.ts';

/** A private key in armour that is no key, and the lines of its body. */
export interface Pem {
  readonly text: string;
  readonly lines: readonly string[];
}

/** A key with that many full lines of base64. The label is what stands before `PRIVATE KEY`, its space included. */
export function pem(random: Random, label: string, full: number, lineLength = 64): Pem {
  return armoured(random, `${label}PRIVATE KEY`, full, lineLength);
}

/** The same in one line, its ends of lines escaped as in JSON. */
export function escapedPem(random: Random, label: string, full: number): Pem {
  const { text, lines } = pem(random, label, full);
  return { text: text.replaceAll('\n', '\\n'), lines };
}

/** Anything between a pair of such marks. */
export function armoured(random: Random, label: string, full: number, lineLength: number, headers = ''): Pem {
  const lines = Array.from({ length: full }, () => random.draw(lineLength, BASE64));
  const last = `${random.draw(random.int(20, lineLength - 4), BASE64)}==`;
  const body = [...lines, last];
  return {
    text: [mark('BEGIN', label), ...(headers === '' ? [] : [headers, '']), ...body, mark('END', label)].join('\n'),
    lines: body,
  };
}

/** Put together here, so that no scanner takes this source for a key. */
function mark(which: 'BEGIN' | 'END', label: string): string {
  const dashes = '-'.repeat(5);
  return `${dashes}${which} ${label}${dashes}`;
}
