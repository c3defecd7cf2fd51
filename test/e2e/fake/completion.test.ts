import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { freshHome, type Home } from '../../support/folder.ts';
import { sluiceHere } from '../../support/in-process.ts';

const BIN = fileURLToPath(new URL('../../../bin/sluice.js', import.meta.url));

/** A home in which `sluice` is on the path, with a file in its project. */
function home(): Home & { readonly env: Readonly<Record<string, string>> } {
  const made = freshHome();
  const program = join(made.path, 'sluice');
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${BIN} "$@"\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(made.project, 'notes.txt'), '');
  return { ...made, env: { HOME: made.path, PATH: [made.path, process.env['PATH']].join(delimiter), TERM: 'xterm' } };
}

/** What a shell would complete each of these lines to. */
async function completed(
  shell: 'bash' | 'fish',
  lines: readonly string[],
  { project, env }: ReturnType<typeof home>,
): Promise<string[][]> {
  const options = { cwd: project, env, extendEnv: false, stripFinalNewline: false } as const;
  const { stdout } = await execa(shell, ['-c', ...ASK[shell](lines)], options);
  const found = stdout.split(`${END}\n`).slice(0, -1);
  return found.map((text) => text.split('\n').flatMap((line) => line.replace(/\t.*/, '') || []));
}

/** What stands behind the candidates of a line. */
const END = '-- end';

/** How each shell is asked: bash has no words for it but those of its own completion. */
const ASK = {
  bash: (lines: readonly string[]) => [
    `source <(sluice completion bash); compopt() { echo "$2"; }
     while (($# > 0)); do
       COMP_WORDS=("\${@:2:$1}"); COMP_CWORD=$(($1 - 1)); COMPREPLY=(); shift $(($1 + 1))
       _sluice; printf '%s\n' "\${COMPREPLY[@]}" '${END}'
     done`,
    'bash',
    ...lines.map(wordsOf).flatMap((words) => [String(words.length), ...words]),
  ],
  fish: (lines: readonly string[]) => [
    `source (sluice completion fish | psub); for line in $argv; complete -C $line; echo '${END}'; end`,
    ...lines,
  ],
};

function wordsOf(line: string): readonly string[] {
  return line.match(/=|[^\s=]+|(?<=\s)$/g) ?? [];
}

const LINES = {
  bash: {
    'sluice --model so': ['sonnet'],
    'sluice --model=so': ['sonnet'],
    'sluice repl': ['replay'],
    'sluice --file ': ['default'],
  },
  fish: {
    'sluice --model so': ['sonnet'],
    'sluice --model=so': ['--model=sonnet'],
    'sluice repl': ['replay'],
    'sluice --file no': ['notes.txt'],
    'sluice --record=no': ['--record=notes.txt'],
  },
} as const;

/** Whether a shell is installed. */
const has = (shell: string): boolean => execaSync(shell, ['-c', 'true'], { reject: false }).exitCode === 0;
const SHELLS = ['bash', 'fish', 'zsh'].filter(has);

describe('completion', () => {
  it.for((['bash', 'fish'] as const).filter((shell) => SHELLS.includes(shell)))(
    'in %s, which runs nothing that stands on the line',
    async (shell) => {
      const place = home();
      const harm = `$(touch\t${place.path}/harm)\`touch\t${place.path}/harm\``;
      const lines = Object.keys(LINES[shell]);
      const harmful = shell === 'bash' ? `sluice ${harm} ` : `sluice '${harm}' `;
      const candidates = await completed(shell, [...lines, harmful], place);
      expect(Object.fromEntries(lines.map((line, at) => [line, candidates[at]]))).toEqual(LINES[shell]);
      expect(existsSync(join(place.path, 'harm'))).toBe(false);
    },
  );

  it.runIf(SHELLS.includes('zsh'))('in zsh', async () => {
    const { project, env, path } = home();
    const setUp = [
      'PS1=; autoload -U compinit; compinit -u -D; source <(sluice completion zsh)',
      `show() { print -r -- "$BUFFER" >> ${path}/lines; BUFFER=''; }; zle -N show; bindkey '^T' show`,
    ];
    writeFileSync(join(path, '.zshrc'), `${setUp.join('\n')}\n`);
    const lines = [
      ['sluice --model son\t', 'sluice --model sonnet '],
      ['sluice --model=son\t', 'sluice --model=sonnet '],
      ['sluice repl\t', 'sluice replay '],
      ['sluice --file no\t', 'sluice --file notes.txt '],
    ];
    // A shell at a terminal of its own, at which another one types.
    const type = 'zmodload zsh/zpty; zpty z zsh -i; zpty -w -n z "$1"; while zpty -r z line; do :; done';
    const typed = `${lines.map(([line]) => `${line}\u0014`).join('')}exit\r`;
    await execa('zsh', ['-f', '-c', type, 'zsh', typed], { cwd: project, env, extendEnv: false });
    expect(readFileSync(join(path, 'lines'), 'utf8').split('\n')).toEqual([...lines.map(([, line]) => line), '']);
  });

  it('is for the shell of the user where none is named', async () => {
    const { stdout } = await sluiceHere(['completion'], { env: { SHELL: '/usr/bin/fish' } });
    expect(stdout).toContain('complete -c sluice');
    expect(await sluiceHere(['completion', 'nu'])).toMatchObject({
      exitCode: 2,
      stderr: 'sluice: usage: nu: expected one of bash, zsh, fish\n',
    });
  });
});
