import type { ActionOf } from '../commands/first-words.ts';

/**
 * What a shell runs to complete command lines, by its name. Each asks `sluice completion SHELL -- WORD…`, where the last word is
 * the one under the cursor. Words go there as arguments: nothing on the line is ever evaluated. A first line of `:files`
 * leaves it to the shell to complete names of files.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  // Words are split at "=" and ":" there, and what is completed is the piece behind it.
  bash: `_sluice() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = :files ]; then
      compopt -o default
      return
    fi
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(sluice completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _sluice sluice
`,
  zsh: `#compdef sluice
_sluice() {
  local line word
  local -a lines values
  lines=("\${(@f)$(sluice completion zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ $lines[1] == :files ]]; then
    [[ $PREFIX == --*=* ]] && compset -P '*='
    _files
    return
  fi
  for line in $lines; do
    word="\${\${line%%$'\\t'*}//:/\\\\:}"
    [[ $line == *$'\\t'* ]] && word+=":\${\${line#*$'\\t'}//\\\\/\\\\\\\\}"
    values+=("$word")
  done
  _describe sluice values
}
if [[ $funcstack[1] == _sluice ]]; then _sluice "$@"; else compdef _sluice sluice; fi
`,
  fish: `function __sluice_complete
  set -l words (commandline -opc)
  set -l word (commandline -ct)
  set -l lines (sluice completion fish -- $words[2..-1] "$word" 2>/dev/null)
  if test "$lines[1]" = :files
    set -l prefix (string match -r '^--[^=]*=' -- "$word")
    set -l start (string replace -r '^--[^=]*=' '' -- "$word")
    string replace -r -- '^' "$prefix" (__fish_complete_path "$start")
  else
    string join \\n -- $lines
  end
end
complete -c sluice -f -a '(__sluice_complete)'
`,
};

/** A shell that there is a script for. */
export type Shell = ActionOf<'completion'>;

export function isShell(word: string): word is Shell {
  return Object.hasOwn(SCRIPTS, word);
}
