import { createRedactor, type Redactor } from '../../../../src/secrets/redactor.ts';
import { atLeast, type Target } from '../../figure.ts';
import { inRounds } from '../../rounds.ts';
import { median } from '../../statistics.ts';
import type { Bench, Chapter } from '../chapter.ts';
import { elapsedIn } from '../elapsed.ts';
import type { Figure } from '../figure.ts';
import { createRandom } from '../random.ts';
import { BLOCK, blocksOf, carrying, redacting, scanning, speedsOf } from '../speed.ts';
import { cleanLog } from '../texts/clean-log.ts';
import { mixedJson } from '../texts/mixed-json.ts';

const MB = 1_000_000;
const SIZE = 4 * MB;
/** Peers get less: by the line some need a second for it. */
const PEER_SIZE = MB / 4;
/** And so do the smallest pieces, of which there are many. */
const SMALL_PIECES_SIZE = MB;
const FEWEST_ROUNDS = 5;

const TARGETS: Readonly<Record<string, Target>> = {
  'clean log, by line': atLeast(200),
  'mixed JSON, by line': atLeast(150),
};

type Texts = Readonly<Record<string, readonly string[]>>;

/** How fast ordinary text is gone through, on one thread. */
export async function measureSpeeds({ redactor, peers, code: files, seed, rounds }: Bench): Promise<Chapter> {
  const enough = Math.max(rounds, FEWEST_ROUNDS);
  const log = cleanLog(createRandom(`${seed}/log`), SIZE);
  const json = mixedJson(createRandom(`${seed}/json`), SIZE);
  const code = files.map(({ text }) => text).join('\n');
  const shared: Texts = {
    'clean log, by line': log,
    'clean log, 64 KB blocks': blocksOf(log.join('\n')),
    'mixed JSON, by line': json,
    'mixed JSON, 64 KB blocks': blocksOf(json.join('\n')),
  };
  const own: Texts = code === '' ? {} : { 'code, by line': code.split('\n'), 'code, 64 KB blocks': blocksOf(code) };
  const speeds = await speedsOf(
    {
      ...mapValues({ ...shared, ...own }, (texts) => redacting(redactor, texts)),
      ...carriesOf(redactor, 'log through the carry', log.join('\n')),
      ...(code === '' ? {} : carriesOf(redactor, 'code through the carry', code.slice(0, SIZE))),
    },
    enough,
  );
  const theirs = new Map<string, Awaited<ReturnType<typeof speedsOf>>>();
  for (const peer of peers) {
    const contenders = mapValues(shared, (texts) => scanning(peer, beginningOf(texts)));
    theirs.set(peer.name, await speedsOf(contenders, FEWEST_ROUNDS));
  }
  const figures = [...speeds].map(([what, { wall, cpu }]): Figure => {
    const measured = [...theirs].flatMap(([name, speeds]) => {
      const speed = speeds.get(what);
      return speed === undefined ? [] : [[name, speed.wall] as const];
    });
    return { what, value: wall, byCpu: cpu, unit: 'MB/s', target: TARGETS[what], peers: Object.fromEntries(measured) };
  });
  const title = `Speed, medians of ${enough} rounds`;
  return { sections: [{ title, figures: [...figures, await makingOf(enough)] }], details: [], misses: [] };
}

function carriesOf(redactor: Redactor, name: string, text: string): Record<string, ReturnType<typeof carrying>> {
  return {
    [`${name}, 64 KB pieces`]: carrying(redactor, text, BLOCK),
    [`${name}, 4 KB pieces`]: carrying(redactor, text, 4096),
    [`${name}, 8 characters`]: carrying(redactor, text.slice(0, SMALL_PIECES_SIZE), 8),
  };
}

/** What every start of sluice pays. */
async function makingOf(rounds: number): Promise<Figure> {
  const { made } = await inRounds(rounds, { made: () => elapsedIn(() => createRedactor({ env: {} })) });
  const [value, byCpu] = [median(made.map(({ wall }) => wall)), median(made.map(({ cpu }) => cpu))];
  return { what: 'making a redactor', value, byCpu, unit: 'ms' };
}

/** As many of the texts as a peer gets to read, and at least one. */
function beginningOf(texts: readonly string[]): string[] {
  let length = 0;
  return texts.filter((text) => {
    const isIn = length < PEER_SIZE;
    length += text.length;
    return isIn;
  });
}

function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
