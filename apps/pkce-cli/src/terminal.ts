import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { CliError, exitCodes } from './errors.ts';
import { whenLeaving } from './signals.ts';

type Style = Parameters<typeof styleText>[0];

/**
 * What a command says. Results go to stdout, everything else to stderr, so that a pipe gets the result alone.
 */
export interface Terminal {
  /** The result, as JSON or as lines for a person, in which no control character is left. */
  result(value: object, lines: string[]): void;
  /** A remark for a person; a script that asked for JSON is spared. */
  note(text: string): void;
  /** For --verbose: what happens, never with what. */
  trace(text: string): void;
  /** Shows that something is going on, until the function it answers is called. */
  progress(text: string): () => void;
  /** Asks the person at the terminal. */
  ask(question: string, signal?: AbortSignal): Promise<string>;
  failure(error: CliError): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export function createTerminal({ json, verbose }: { json: boolean; verbose: boolean }): Terminal {
  const { stdout, stderr } = process;
  const startedAt = performance.now();
  return {
    result(value, lines) {
      const text = json ? [toJson(value)] : lines.map(plain);
      stdout.write(text.map((line) => `${line}\n`).join(''));
    },
    note(text) {
      if (!json) stderr.write(`${text}\n`);
    },
    trace(text) {
      if (!verbose) return;
      stderr.write(`${dim(`[${Math.round(performance.now() - startedAt)} ms]`)} ${text}\n`);
    },
    progress(text) {
      if (json) return () => {};
      if (!stderr.isTTY) {
        stderr.write(`${text}\n`);
        return () => {};
      }
      let frame = 0;
      const draw = () => stderr.write(`\r${FRAMES[frame++ % FRAMES.length]} ${text}`);
      const clear = () => stderr.write('\r\u001B[2K');
      draw();
      const timer = setInterval(draw, 100).unref();
      const stay = whenLeaving(clear);
      return () => {
        clearInterval(timer);
        stay();
        clear();
      };
    },
    async ask(question, signal) {
      // Written to stderr: stdout may be a pipe that wants the result alone.
      const prompt = createInterface({ input: process.stdin, output: stderr });
      try {
        // Ctrl-C in a prompt is a key press, not a signal.
        prompt.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
        const ended = new Promise<never>((_resolve, reject) => {
          prompt.once('close', () => reject(new CliError('usage', 'There was no answer.')));
        });
        ended.catch(() => {});
        return await Promise.race([prompt.question(question, signal ? { signal } : {}), ended]);
      } finally {
        prompt.close();
      }
    },
    failure(error) {
      if (json) {
        const { failure, message, hint } = error;
        const exitCode = exitCodes[failure];
        stderr.write(`${toJson({ error: { code: failure, message, hint, exitCode } })}\n`);
        return;
      }
      stderr.write(`${style('red', 'error')} ${plain(error.message)}\n`);
      if (error.hint) stderr.write(`${plain(error.hint)}\n`);
      if (verbose && error.cause instanceof Error) {
        stderr.write(`${dim(`caused by ${error.cause.name}`)}\n`);
      }
    },
  };
}

/** Colours for stderr, if it takes them: NO_COLOR and pipes switch them off. */
export function style(format: Style, text: string): string {
  return styleText(format, text, { stream: process.stderr });
}

export function dim(text: string): string {
  return style('dim', text);
}

/** Text from elsewhere without control characters: a name must not move the cursor of who reads it. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�');
}

/**
 * JSON that is safe to show as well: `JSON.stringify` escapes control characters below U+0020 alone, and U+009B begins a
 * command to the terminal as Esc does. Whoever parses it gets the same text.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[\u007F-\u009F]/g,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** Rows as columns of equal width. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A length of time as people say it, e.g. `4 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
