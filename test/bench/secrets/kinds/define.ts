import type { Kind } from '../case.ts';
import { spellingsOf } from '../name.ts';
import type { Random } from '../random.ts';
import { spell } from '../spell.ts';
import { BARE_WRAPPINGS } from '../wrappings/bare.ts';
import { WRAPPINGS } from '../wrappings/wrappings.ts';

const SHAPES = Object.entries(WRAPPINGS);
const BARE_SHAPES = Object.entries(BARE_WRAPPINGS);

/** A token with a mark of its own, in the format of {@link spell}; half of the time it stands without a name. */
export function token(kind: string, name: string, format: string): Kind {
  const withName = named(kind, name, format);
  return {
    kind,
    token: (random) => spell(random, format),
    make: (random) => {
      if (random.int(0, 1) === 0) return withName.make(random);
      const [shape, wrap] = random.pick(BARE_SHAPES);
      const secret = spell(random, format);
      return { shape, text: wrap(secret), secrets: [secret] };
    },
  };
}

/** A secret that only the name before it gives away. */
export function named(kind: string, name: string, format: string): Kind {
  return {
    kind,
    token: null,
    make: (random) => {
      const [shape, wrap] = random.pick(SHAPES);
      const secret = spell(random, format);
      return { shape, text: wrap(spellingsOf(name), secret), secrets: [secret] };
    },
  };
}

/** A secret in a shape of its own: the text, and what must not survive of it. */
export function shaped(kind: string, make: (random: Random) => readonly [text: string, ...secrets: string[]]): Kind {
  return {
    kind,
    token: null,
    make: (random) => {
      const [text, ...secrets] = make(random);
      return { shape: 'own', text, secrets };
    },
  };
}
