import { secretNameOf } from '../secrets/contexts/assignment/secret-name.ts';
import { redactLines } from '../secrets/redact-lines.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { stringMapper, type Mapper } from './map-strings.ts';

/** No password of digits is shorter, and hardly a number that has a secret's name is one. */
const SHORTEST_NUMBER = 6;
/** Integers below are shorter, their sign included. */
const SMALLEST_NUMBER = 10 ** (SHORTEST_NUMBER - 2);
const FLAG = /^--?[A-Za-z][\w-]*$/;

/**
 * Replaces secrets in every string of JSON values, keys included: by what they are, by the name that leads to them
 * (numbers too), by the flag before them in a list, and where the strings of a list make one text together.
 * @param onFinding told each secret by its kind
 */
export function redactValues(redactor: Redactor, onFinding: (kind: string) => void = () => {}): Mapper {
  function tell(findings: readonly { readonly kind: string }[]): void {
    for (const { kind } of findings) onFinding(kind);
  }

  function edit(text: string, key?: string): string {
    const redacted = key === undefined ? redactor.redact(text) : redactor.redactNamed(key, text);
    if (redacted.findings.length > 0) tell(redacted.findings);
    return redacted.text;
  }

  function editNumber(number: number, key: string): number | string {
    if (Number.isInteger(number) && Math.abs(number) < SMALLEST_NUMBER) return number;
    const text = String(number);
    const edited = text.length < SHORTEST_NUMBER ? text : edit(text, key);
    return edited === text ? number : edited;
  }

  function editLines(items: readonly string[], key?: string): readonly string[] {
    const { lines, findings } = redactLines(redactor, items);
    tell(findings);
    return editNamed(lines, key, edit);
  }

  const newMapper = (): Mapper => stringMapper(edit, { editLines, editNumber });
  let { revision } = redactor;
  let mapper = newMapper();
  return (value, opaque) => {
    // What a mapper remembers to be harmless may hold a secret by now.
    if (revision !== redactor.revision) {
      ({ revision } = redactor);
      mapper = newMapper();
    }
    return mapper(value, opaque);
  };
}

/** The strings of a list that are secrets by name: that of the list, or of the flag before them. */
function editNamed(
  items: readonly string[],
  key: string | undefined,
  edit: (text: string, key?: string) => string,
): readonly string[] {
  const isSecret = key !== undefined && secretNameOf(key) !== null;
  if (!isSecret && !items.some((item) => FLAG.test(item))) return items;
  const edited = items.map((item, index) => {
    const flag = items[index - 1] ?? '';
    if (FLAG.test(flag) && secretNameOf(flag) !== null) return edit(item, flag);
    return isSecret ? edit(item, key) : item;
  });
  return edited.some((item, index) => item !== items[index]) ? edited : items;
}
