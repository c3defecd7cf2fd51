/**
 * The names, as `nameOf` gives them, of a union's messages, read from the text of a declaration file: TypeScript 7 has no
 * interface by which to ask.
 * @throws Error where a member has no literal `type`
 */
export function namesOfUnion(declarations: string, alias: string): string[] {
  const body = bodyOf(declarations, alias);
  if (!body.startsWith('{')) return body.split('|').flatMap((name) => namesOfUnion(declarations, name.trim()));
  const type = literalsOf(body, 'type');
  const subtype = type[0] === 'system' ? literalsOf(body, 'subtype') : [];
  if (type.length === 0) throw new Error(`${alias} has no literal type`);
  const names = subtype.length > 0 ? subtype.map((name) => `system/${name}`) : type;
  return [...new Set(names)];
}

/** What an alias stands for, as written. */
function bodyOf(declarations: string, alias: string): string {
  const start = new RegExp(`^export (?:declare )?type ${alias} = `, 'm').exec(declarations);
  if (start === null) throw new Error(`no type ${alias} is declared`);
  const from = start.index + start[0].length;
  // Declarations are printed one after another, and nothing but their end stands in the first column.
  const end = declarations[from] === '{' ? declarations.indexOf('\n}', from) : declarations.indexOf(';', from);
  return declarations.slice(from, end);
}

/** The string literals that a field of the object itself may have; fields of nested objects are indented further. */
function literalsOf(body: string, field: string): string[] {
  const value = new RegExp(`^ {4}${field}: ([^;{]*);`, 'm').exec(body)?.[1] ?? '';
  return [...value.matchAll(/'([^']*)'/g)].map(([, literal = '']) => literal);
}
