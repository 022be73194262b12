import type { Command } from 'commander';
import { listProfiles } from './credential-store.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

// Each asks the command itself, so that nothing has to be kept in step with it.
const scripts: Record<Shell, string> = {
  bash: `_pkce_cli() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(pkce-cli __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _pkce_cli pkce-cli
`,
  zsh: `#compdef pkce-cli
_pkce_cli() {
  local -a words_found
  words_found=("\${(@f)$(pkce-cli __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a words_found
}
compdef _pkce_cli pkce-cli
`,
  fish: `complete -c pkce-cli -f -a '(pkce-cli __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
};

/** The script that teaches a shell to complete this command. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}

/**
 * What may stand where the last word stands.
 *
 * @param words What was typed after the command's name; the last one may be empty or unfinished.
 */
export async function complete(program: Command, words: readonly string[]): Promise<string[]> {
  const typed = words.at(-1) ?? '';
  let command = program;
  let previous = '';
  for (const word of words.slice(0, -1)) {
    command = command.commands.find((sub) => sub.name() === word) ?? command;
    previous = word;
  }
  const options = [...command.options, ...program.options].filter(({ hidden }) => !hidden);
  const option = options.find(
    ({ short, long }) => previous !== '' && [short, long].includes(previous),
  );
  if (option?.required) {
    const values = option.long === '--profile' ? await listProfiles() : (option.argChoices ?? []);
    return values.filter((value) => value.startsWith(typed));
  }
  const names = typed.startsWith('-')
    ? [...options.map(({ long }) => long), '--help']
    : [
        ...command.commands.map((sub) => sub.name()).filter((name) => !name.startsWith('_')),
        ...(command.registeredArguments[0]?.argChoices ?? []),
      ];
  return [...new Set(names)].filter((name) => name?.startsWith(typed)).map(String);
}
