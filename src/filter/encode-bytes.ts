/** Makes bytes of the text that `createByteDecoder` made of bytes. */
export interface ByteEncoder {
  /** The bytes of the next text; half a surrogate pair at its end comes with the other half. */
  push(text: string): Buffer;
  /** The bytes of what was held back. */
  end(): Buffer;
}

/** Bytes that were no UTF-8: low surrogates without a high one before them. */
const ESCAPED = /[\uDC80-\uDCFF]/u;
const HALF_PAIR = /[\uD800-\uDBFF]$/;

/** Starts a {@link ByteEncoder}. */
export function createByteEncoder(): ByteEncoder {
  let held = '';
  return {
    push(text) {
      const whole = held + text;
      held = HALF_PAIR.test(whole.slice(-1)) ? whole.slice(-1) : '';
      return encode(held === '' ? whole : whole.slice(0, -1));
    },
    end() {
      const bytes = encode(held);
      held = '';
      return bytes;
    },
  };
}

function encode(text: string): Buffer {
  return ESCAPED.test(text) ? encodeWithEscapes(text) : Buffer.from(text, 'utf8');
}

function encodeWithEscapes(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length * 3);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes[end++] = unit;
    else if (unit >= 0xdc80 && unit <= 0xdcff) bytes[end++] = unit & 0xff;
    else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      end += bytes.write(character, end, 'utf8');
      at += character.length - 1;
    }
  }
  return bytes.subarray(0, end);
}
