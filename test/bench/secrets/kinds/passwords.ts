import { ALNUM, LOWER, type Random } from '../random.ts';
import { spell } from '../spell.ts';

/** None of them is a placeholder's or a name that stands in examples. */
const WORDS = `amber anchor apron basil beacon birch bishop canal candle cedar cinder clover copper coral cotton crater
dagger dahlia dune ember falcon fennel garnet ginger glacier granite harbour hazel heron indigo ivory jasper juniper
kestrel lagoon lantern linen lotus magnet maple marble meadow nectar nutmeg onyx orchid otter pebble pepper pigeon plume
quartz raven river saffron satin sienna spruce thistle timber topaz tulip velvet walnut willow winter zephyr`.split(
  /\s+/,
);

/** 12 to 24 letters, digits and signs that no format must quote, among them at least one digit and one sign. */
export function strongPassword(random: Random): string {
  const inner = random.draw(random.int(9, 21), `${ALNUM}!*+-._~^`);
  return `${random.draw(1)}${random.shuffle([...inner, random.draw(1, '0123456789'), random.draw(1, '!*+~^')]).join('')}${random.draw(1)}`;
}

/** What a person makes up: words, a number, a sign or none. */
function humanPassword(random: Random): string {
  const [first = '', second = ''] = random.shuffle(WORDS);
  const capital = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return random.pick([
    `${capital}${random.int(10, 2099)}!`,
    `${capital}-${second}${random.int(1, 99)}`,
    `${first}${random.int(100, 9999)}`,
    `${first.replaceAll('a', '4').replaceAll('e', '3')}_${second.replaceAll('o', '0').replaceAll('i', '1')}${random.int(1, 9)}`,
    `${capital}@${random.int(100, 9999)}`,
    `${first}#${random.int(10, 99)}${capital}`,
  ]);
}

/** Lower-case letters and nothing else: drawn ones, or two words. */
export function lowerCasePassword(random: Random): string {
  const [first = '', second = ''] = random.shuffle(WORDS);
  return random.pick([random.draw(random.int(9, 16), LOWER), `${first}${second}`]);
}

/** Any of the three. */
export function password(random: Random): string {
  return random.pick([strongPassword, humanPassword, lowerCasePassword])(random);
}

/** A password that stands in an address as it is. */
export function addressPassword(random: Random): string {
  return random.pick([
    () => spell(random, '{alnum 16-24}'),
    () => spell(random, '{url 20-32}'),
    () => strongPassword(random),
    () => lowerCasePassword(random),
    () => `${spell(random, '{alnum 8}')}%${random.pick(['40', '23', '2F', '21', '3D'])}${spell(random, '{alnum 6}')}`,
  ])();
}
