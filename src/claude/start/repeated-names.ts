/** The names that stand more than once in the `mcpServers` of a JSON text: reading it keeps the last of each alone. */
export function repeatedNames(json: string): string[] {
  const open: { readonly isObject: boolean; key: string | null; awaitsKey: boolean }[] = [];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/gs)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') open.push({ isObject: token === '{', key: null, awaitsKey: token === '{' });
    else if (token === '}' || token === ']') open.pop();
    else if (inner === undefined) continue;
    else if (token === ',') inner.awaitsKey = inner.isObject;
    else if (token === ':') inner.awaitsKey = false;
    else if (inner.awaitsKey) {
      inner.key = unquoted(token);
      if (open.length !== 2 || open[0]?.key !== 'mcpServers') continue;
      if (seen.has(inner.key)) repeated.add(inner.key);
      seen.add(inner.key);
    }
  }
  return [...repeated];
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
