/** UTF-16 units from which on it is worth the time to load `node:crypto`, which is faster by far. */
const LONG = 64 * 1024;

/**
 * SHA-256 (FIPS 180-4), where nothing else needs `node:crypto`: that takes 4 ms to load, this takes one for a few kilobytes.
 * Whoever has loaded that is better served there.
 */
export function sha256(text: string): string {
  if (text.length > LONG) return process.getBuiltinModule('node:crypto').hash('sha256', text);
  const words = paddedWords(Buffer.from(text));
  const state = Int32Array.from(START);
  const schedule = new Int32Array(ROUNDS);
  for (let at = 0; at < words.length; at += BLOCK_WORDS) {
    schedule.set(words.subarray(at, at + BLOCK_WORDS));
    digestBlock(state, schedule);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const ROUNDS = 64;
const BLOCK_WORDS = 16;

/** What follows the point in the roots of the first primes. */
const PRIMES = firstPrimes(ROUNDS);
const CONSTANTS = Int32Array.from(PRIMES, (prime) => fractionOf(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fractionOf(Math.sqrt(prime)));

/** The bytes, a one, zeros, and how many bits there were, as big-endian words: whole blocks. */
function paddedWords(bytes: Buffer): Int32Array {
  const padded = Buffer.from(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.copy(padded);
  padded[bytes.length] = 0x80;
  padded.writeBigUInt64BE(BigInt(bytes.length) * 8n, padded.length - 8);
  padded.swap32();
  return new Int32Array(padded.buffer);
}

/** The names are those of the standard. The first 16 words of the schedule are the block. */
function digestBlock(state: Int32Array, w: Int32Array): void {
  for (let t = BLOCK_WORDS; t < ROUNDS; t++) {
    const x = w[t - 15] ?? 0;
    const y = w[t - 2] ?? 0;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] ?? 0) + sigma0 + (w[t - 7] ?? 0) + sigma1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < ROUNDS; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const chosen = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first = (h + sum1 + chosen + (CONSTANTS[t] ?? 0) + (w[t] ?? 0)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] = (state[index] ?? 0) + word));
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

/** The first 32 bits after the point. */
function fractionOf(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}
