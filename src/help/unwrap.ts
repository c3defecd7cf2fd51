/**
 * Markdown with each paragraph and list item on one line, for what keeps the line breaks that it finds. Only for our own
 * pages: fences, tables, lists, headings, and code that is indented after an empty line.
 */
export function unwrap(markdown: string): string {
  const lines: string[] = [];
  let isFenced = false;
  for (const line of markdown.split('\n')) {
    const isFence = line.startsWith('```');
    const last = lines.at(-1) ?? '';
    const continues = !isFenced && !isFence && isText(line) && isText(last) && !beginsItem(line);
    if (continues) lines[lines.length - 1] = `${last} ${line.trimStart()}`;
    else lines.push(line);
    if (isFence) isFenced = !isFenced;
  }
  return lines.join('\n');
}

/** Whether a line is one of a paragraph or an item. */
function isText(line: string): boolean {
  return line.trim() !== '' && !/^(?:#|\||```| {4})/.test(line);
}

function beginsItem(line: string): boolean {
  return /^ *(?:[-*]|\d+\.) /.test(line);
}
