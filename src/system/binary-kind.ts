/** What bytes are that are no text, and how to have text of them. */
export interface BinaryKind {
  /** With an article where there is one: `a PNG image`, `gzip`. */
  readonly name: string;
  /** A command that prints the text in a file, whose place is `FILE`. */
  readonly extract?: string;
  /** The same for what comes through a pipe. */
  readonly unpack?: string;
  /** Claude can show it to the model: an image named `@path` in the prompt, and what its tool Read is asked for. */
  readonly seen?: 'image' | 'document';
}

/** The kind of file that some bytes are the beginning of, if it is one that is told by its beginning. */
export function binaryKindOf(head: Uint8Array): BinaryKind | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, LONGEST_HEAD));
  const digits = bytes.toString('hex');
  return SIGNATURES.find(({ at, signature }) => digits.startsWith(signature, 2 * at))?.kind;
}

interface Signature {
  /** In hexadecimal. */
  readonly signature: string;
  /** Bytes before it. */
  readonly at: number;
  readonly kind: BinaryKind;
}

/** To the end of tar's signature. */
const LONGEST_HEAD = 262;

const PROGRAM: BinaryKind = { name: 'a program', extract: 'strings FILE', unpack: 'strings' };
const MEDIA: BinaryKind = { name: 'a sound or a film' };
const ZIP: BinaryKind = { name: 'a Zip archive', extract: 'unzip -p FILE' };

/** Those of the formats' specifications. */
const SIGNATURES: readonly Signature[] = [
  row('1f8b', compressed('gzip', 'gunzip -c')),
  row('314159265359', compressed('bzip2', 'bunzip2 -c'), 4),
  row('fd377a585a00', compressed('xz', 'xz -dc')),
  row('28b52ffd', compressed('zstd', 'zstd -dc')),
  row('04224d18', compressed('lz4', 'lz4 -dc')),
  row('1f9d', compressed('compress', 'uncompress -c')),
  row('7573746172', { name: 'a tar archive', extract: 'tar -xOf FILE', unpack: 'tar -xO' }, 257),
  row('504b0304', ZIP),
  row('504b0506', ZIP),
  row('377abcaf271c', { name: 'a 7z archive', extract: '7z x -so FILE' }),
  row('526172211a07', { name: 'a RAR archive', extract: 'unrar p -inul FILE' }),
  row('89504e470d0a1a0a', image('PNG')),
  row('ffd8ff', image('JPEG')),
  row('47494638', image('GIF')),
  row('57454250', image('WebP'), 8),
  row('49492a00', { name: 'a TIFF image' }),
  row('4d4d002a', { name: 'a TIFF image' }),
  row('00000100', { name: 'an icon' }),
  row('255044462d', { name: 'a PDF', extract: 'pdftotext FILE -', seen: 'document' }),
  row('d0cf11e0a1b11ae1', { name: 'a document of an old Office' }),
  row('53514c69746520666f726d6174203300', { name: 'an SQLite database', extract: 'sqlite3 FILE .dump' }),
  row('7f454c46', PROGRAM),
  row('4d5a9000', PROGRAM),
  row('feedface', PROGRAM),
  row('feedfacf', PROGRAM),
  row('cefaedfe', PROGRAM),
  row('cffaedfe', PROGRAM),
  row('cafebabe', PROGRAM),
  row('0061736d', PROGRAM),
  row('49443303', MEDIA),
  row('49443304', MEDIA),
  row('4f67675300', MEDIA),
  row('664c614300', MEDIA),
  row('66747970', MEDIA, 4),
  row('57415645', MEDIA, 8),
  row('1a45dfa3', MEDIA),
];

function compressed(name: string, unpack: string): BinaryKind {
  return { name, extract: `${unpack} FILE`, unpack };
}

function image(format: string): BinaryKind {
  return { name: `a ${format} image`, seen: 'image' };
}

function row(signature: string, kind: BinaryKind, at = 0): Signature {
  return { signature, at, kind };
}
