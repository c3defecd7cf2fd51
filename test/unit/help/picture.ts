import { createReadStream } from 'node:fs';
import stringWidth from 'string-width';
import { replay } from '../../../src/replay.ts';
import { createPrettySink } from '../../../src/sinks/formats/pretty-sink.ts';
import type { Terminal } from '../../../src/sinks/output.ts';

const COLUMNS = 96;

/** A picture (SVG) of a terminal in which a recorded run is shown. */
export async function pictureOf(recording: string, command: string): Promise<string> {
  const lines = [`\u001B[2m$\u001B[22m \u001B[1m${command}\u001B[22m`, ...(await linesOf(recording))];
  const height = lines.length * LINE + 2 * MARGIN + BAR;
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const texts = lines.map((line, row) => textOf(line, BAR + MARGIN + row * LINE + BASELINE)).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>A run of sluice in a terminal</title>
<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>
${['#ff5f57', '#febc2e', '#28c840'].map((color, index) => `<circle cx="${18 + index * 18}" cy="16" r="5.5" fill="${color}"/>`).join('\n')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="${FOREGROUND}">
${texts.join('\n')}
</g>
</svg>
`;
}

/** Pixels. */
const CHARACTER = 7.83;
const LINE = 18;
const BASELINE = 13;
const MARGIN = 16;
const BAR = 24;

const BACKGROUND = '#16181d';
const FOREGROUND = '#d7dae0';
const COLORS: Readonly<Record<number, string>> = {
  31: '#f2777a',
  32: '#8ccf7e',
  33: '#e5c76b',
  35: '#c792ea',
  36: '#6cc6d9',
};

/** What a terminal with colours shows in the end: nothing is drawn over, so that lines stay as they are printed. */
async function linesOf(recording: string): Promise<readonly string[]> {
  let text = '';
  const out: Terminal = {
    isTTY: true,
    colorLevel: 1,
    columns: () => COLUMNS,
    rows: () => 0,
    write: (piece) => void (text += piece),
  };
  await replay(createReadStream(recording), {}, [createPrettySink(out)], { env: {} });
  return text.trimEnd().split('\n');
}

interface Style {
  readonly color?: string | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
}

/** What each code of a style (SGR) changes. */
function styled(style: Style, code: number): Style {
  switch (code) {
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 39:
      return { ...style, color: undefined };
    default:
      if (COLORS[code] === undefined) throw new Error(`no picture of style ${code}`);
      return { ...style, color: COLORS[code] };
  }
}

/** A line, each stretch of one style where its column is, so that it stands right in any font. */
function textOf(line: string, y: number): string {
  let style: Style = {};
  let column = 0;
  let spans = '';
  for (const piece of line.split(/(\u001B\[[\d;]*m)/)) {
    const codes = /^\u001B\[([\d;]*)m$/.exec(piece)?.[1];
    if (codes !== undefined) {
      style = codes.split(';').map(Number).reduce(styled, style);
    } else if (piece !== '') {
      const indent = piece.length - piece.trimStart().length;
      const x = (MARGIN + (column + indent) * CHARACTER).toFixed(1);
      if (piece.trim() !== '') spans += `<tspan x="${x}"${attributesOf(style)}>${escaped(piece.trim())}</tspan>`;
      column += stringWidth(piece);
    }
  }
  return spans === '' ? '' : `<text y="${y}">${spans}</text>`;
}

function attributesOf({ color, bold, dim, italic, underline }: Style): string {
  const attributes = {
    fill: color,
    'font-weight': bold === true ? 'bold' : undefined,
    'fill-opacity': dim === true ? '0.6' : undefined,
    'font-style': italic === true ? 'italic' : undefined,
    'text-decoration': underline === true ? 'underline' : undefined,
  };
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`))
    .join('');
}

/** Blanks in a row would become one. */
function escaped(text: string): string {
  const blanks = text.replaceAll(/ {2,}/g, (run) => '\u00A0'.repeat(run.length));
  return blanks.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
