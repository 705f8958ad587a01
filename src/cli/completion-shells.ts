import type { Candidate } from './complete.ts';

/*
 * What each shell needs to complete. A script calls `extruct-task __complete <shell> -- <word>…` with the words after the program's
 * name; the last one is to be completed. The first line of the answer says what follows: `words`, one per line, or `files`,
 * which the shell completes itself. No script lets the shell evaluate a word: some words come from a server.
 */

/** The shells that have a completion script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A shell's own ways. */
interface Shell {
  readonly script: string;
  /** The words as commander will get them. */
  read(words: readonly string[]): readonly string[];
  /** The lines of the answer for words as the shell gave them. */
  write(candidates: readonly Candidate[], words: readonly string[]): readonly string[];
}

const asTyped = (words: readonly string[]) => words;

/** By the shell's name. */
export const COMPLETIONS: Readonly<Record<(typeof SHELLS)[number], Shell>> = {
  // Words are put in by `read`: `compgen -W` would expand what stands in them.
  bash: {
    script: `# Completion of extruct-task for bash: source <(extruct-task completion bash)
_extruct_task() {
  local kind word
  COMPREPLY=()
  {
    IFS= read -r kind
    while IFS= read -r word; do COMPREPLY+=("$word"); done
  } < <(extruct-task __complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" </dev/null 2>/dev/null)
  # Without words of ours bash completes files by itself. Ours stand as they came, the newest task first; bash before 4.4 sorts.
  if [[ $kind == files ]]; then compopt -o default; else compopt -o nosort; fi 2>/dev/null
}
complete -F _extruct_task extruct-task
`,
    read: (words) => joinPieces(words),
    write(candidates, words) {
      const word = joinPieces(words).at(-1) ?? '';
      const kept = word.length - replacedByBash(words).length;
      return candidates.flatMap(({ value }) => (value.startsWith(word) ? [value.slice(kept)] : []));
    },
  },
  zsh: {
    script: `#compdef extruct-task
# Completion of extruct-task for zsh: source <(extruct-task completion zsh), or as _extruct-task in a folder of $fpath
_extruct_task() {
  local -a answer
  answer=("\${(@f)$(extruct-task __complete zsh -- "\${(@Q)words[2,CURRENT]}" </dev/null 2>/dev/null)}")
  if [[ $answer[1] == files ]]; then
    compset -P '--*='
    _files
  else
    shift answer
    _describe -V extruct-task answer
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _extruct_task "$@"; else compdef _extruct_task extruct-task; fi
`,
    read: asTyped,
    write: (candidates) =>
      candidates.map(({ value, description }) =>
        [value.replace(/[\\:]/g, '\\$&'), ...(description ? [description] : [])].join(':'),
      ),
  },
  fish: {
    script: `# Completion of extruct-task for fish: extruct-task completion fish | source
function __extruct_task_complete
    set -l token (commandline -ct)
    set -l words (commandline -opc) "$token"
    set -l answer (extruct-task __complete fish -- $words[2..] </dev/null 2>/dev/null)
    if test "$answer[1]" = files
        set -l option (string match -r -- '^--[^=]*=' "$token")
        printf '%s\\n' "$option"(__fish_complete_path (string replace -- "$option" '' "$token"))
    else
        printf '%s\\n' $answer[2..]
    end
end
complete -c extruct-task -f -k -a '(__extruct_task_complete)'
`,
    read: asTyped,
    write: (candidates) => candidates.map(({ value, description }) => (description ? `${value}\t${description}` : value)),
  },
};

/** bash splits words at `=`, `:` and before and behind `@` too, and does not say where there was a blank. */
function joinPieces(pieces: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1] ?? '';
    const word = before === '@' || isSeparator(before) || isSeparator(piece) ? (words.pop() ?? '') : '';
    words.push(word + withoutQuote(piece));
  }
  return words;
}

/** What of the line's end bash replaces by its choice. */
function replacedByBash(pieces: readonly string[]): string {
  const last = pieces.at(-1) ?? '';
  if (isSeparator(last)) return '';
  return (pieces.at(-2) === '@' ? '@' : '') + withoutQuote(last);
}

function isSeparator(piece: string): boolean {
  return /^[=:]+$/.test(piece);
}

/** The quote that is still open; bash closes it. */
function withoutQuote(piece: string): string {
  return piece.replace(/^["']/, '');
}
