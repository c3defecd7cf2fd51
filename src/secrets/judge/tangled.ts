const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** One may stand where a value was cut out of an expression. */
const MIN_ODD = 2;
const LAST_WORD = /\w\W*$/;
/** What is left of code where it was cut: `n.types.clone(r),m.push(r))`. */
const CODE = /[=;]|\),|\.\w+[(.)]/;

/**
 * Whether brackets close what was not opened, twice and among letters: `x{y)z[w}v`. A person makes that up; a template,
 * a call and an expression close what they open.
 */
export function isTangled(value: string): boolean {
  if (CODE.test(value)) return false;
  const open: string[] = [];
  let odd = 0;
  const last = value.search(LAST_WORD);
  for (let index = 0; index < last; index += 1) {
    const sign = value.charAt(index);
    const opener = PAIRS[sign];
    if (opener === undefined) {
      if (sign === '(' || sign === '[' || sign === '{') open.push(sign);
    } else if (open.at(-1) === opener) open.pop();
    else odd += 1;
  }
  return odd >= MIN_ODD;
}
