import { createRedactor } from '../../../../src/secrets/redactor.ts';
import { atLeast } from '../../figure.ts';
import type { Bench, Chapter } from '../chapter.ts';
import { formatTable } from '../markdown.ts';
import { createRandom } from '../random.ts';
import { PASSWORD_CLASSES } from '../wire/password-classes.ts';
import { ENDS, SHAPES, WRAPPINGS } from '../wire/shapes.ts';

/** As much of a secret has to be masked; a sign at its end tells nobody what it is. */
const MASKED = 0.8;

/** How many passwords of each class are masked whole, by the shape they stand in and by what that is wrapped in. */
export async function measureWire({ seed, samples }: Bench): Promise<Chapter> {
  const random = createRandom(`${seed}-wire`);
  const classes = Object.entries(PASSWORD_CLASSES);
  const missed: string[] = [];
  let [caught, all] = [0, 0];

  function shareOf(name: string, wrap: (text: string) => string, draw: (typeof classes)[number][1]): string {
    const text = SHAPES[name] ?? '';
    let hits = 0;
    const count = samples * 10;
    for (let index = 0; index < count; index += 1) {
      const secret = [...draw(random)].map((sign) => (ENDS[name]?.includes(sign) === true ? '+' : sign)).join('');
      const given = wrap(text.replace('%', () => secret));
      if (isMasked(given, secret)) hits += 1;
      else missed.push(JSON.stringify(given));
    }
    caught += hits;
    all += count;
    return `${((100 * hits) / count).toFixed(0)} %`;
  }

  const shapes = Object.keys(SHAPES).map((name) => [
    name,
    ...classes.map(([, draw]) => shareOf(name, (bare) => bare, draw)),
  ]);
  const mild = PASSWORD_CLASSES['mild signs'] ?? ((): string => '');
  const wrapped = Object.keys(SHAPES).map((name) => [
    name,
    ...Object.values(WRAPPINGS).map((wrap) => shareOf(name, wrap, mild)),
  ]);
  const figure = { what: 'masked whole', value: (100 * caught) / all, unit: '%', target: atLeast(93) } as const;
  return {
    sections: [{ title: 'Passwords as they are on the wire', figures: [figure] }],
    details: [
      `### Passwords by shape\n\n${formatTable(['', ...classes.map(([name]) => name)], shapes)}`,
      `### Shapes by wrapping\n\n${formatTable(['', ...Object.keys(WRAPPINGS)], wrapped)}`,
    ],
    misses: [`## Missed on the wire\n\n${missed.map((text) => `- ${text}`).join('\n')}`],
  };
}

/** Whether enough of a secret is masked, in whatever form it stands in the text. */
function isMasked(given: string, secret: string): boolean {
  const { findings, text } = createRedactor({ env: {} }).redact(given);
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const shown = forms.find((form) => given.includes(form));
  // In base64 nothing of it can be pointed at: all of it has to go.
  if (shown === undefined) return findings.length > 0 && text.length < given.length / 2;
  const at = given.indexOf(shown);
  let covered = 0;
  for (const { start, end } of findings) {
    covered += Math.max(0, Math.min(end, at + shown.length) - Math.max(start, at));
  }
  return covered >= MASKED * shown.length;
}
