import { looksLikePlaceholder } from './placeholder-words.ts';

/** Characters below which a value is no secret, even where one is expected. */
const MIN_SECRET = 4;
const JUDGED = 128;

/** What manuals write where a secret belongs, and what a program prints for none. */
const MANUAL_WORDS = new Set(
  'command option flag argument user username name login email token apikey key test none null true false nil undefined string hidden masked stdin value'.split(
    ' ',
  ),
);
/** `PASSWORD`, `MY_API_TOKEN`: the name of a variable where a value belongs. */
const NAME_IN_CAPITALS = /^(?:[A-Z0-9_]{0,40}_)?(?:PASSWORD|PASSWD|PASS|PWD|PW|PASSPHRASE|SECRET|TOKEN|KEY)$/;
/** `password`, `yourPass`, `db_password`; no `secret`: that is what people take for their first password. */
const NAME_OF_SECRET =
  /^(?:your|my|the|some|new|old|user|admin|db|api|client|ftp|smtp|plain|default)?[-_]?(?:(?:secret|access|api)[-_]key|password|passwd|pass|pwd|pw|passphrase|token|apikey)$/i;
/** The gap between two strings of a list: such a value is a piece of source code. */
const NEXT_STRING = /['"`],\s*['"`]/;
/** `a secret`, `my password` */
const ANY_SECRET = /^(?:an?|the|some|my|your|this) (?:\w+ )?(?:secret|password|passphrase|key|token)$/i;
/** Variables, templates, and what is written in brackets for "fill this in". */
const REFERENCE =
  /^(?:[$<>[(]|%\w+%|%[sdv]$|\{\{|@\{|#\{|&[lg]t;|&amp;|\\u003c|-)|^\{[\w.-]+\}|^ext:[a-z]+(?:_[a-z]+)*(?:$|["'\\])/;

/**
 * Whether what stands in the very place of a secret is only a stand-in for one. Nothing is asked of its shape: where
 * this is asked, a command or a format has said that a secret stands there.
 */
export function isStandIn(value: string): boolean {
  const judged = value.length > JUDGED ? value.slice(0, JUDGED) : value;
  if (judged.length < MIN_SECRET || isOneCharacter(judged)) return true;
  if (
    REFERENCE.test(judged) ||
    NEXT_STRING.test(judged) ||
    ANY_SECRET.test(judged) ||
    MANUAL_WORDS.has(judged.toLowerCase())
  )
    return true;
  return NAME_IN_CAPITALS.test(judged) || NAME_OF_SECRET.test(judged) || looksLikePlaceholder(judged);
}

/** `xxxx`, `****`, `------` */
function isOneCharacter(value: string): boolean {
  const first = value.charCodeAt(0);
  for (let index = 1; index < value.length; index += 1) if (value.charCodeAt(index) !== first) return false;
  return true;
}
