import { spawn } from '@lydell/node-pty';

/** A person at a terminal: runs a script, and types each answer when its question is there. */
export async function typeInto(
  script: string,
  answers: [question: string, answer: string][],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ code: number; screen: string }> {
  const terminal = spawn(process.execPath, [script], { cols: 200, env });
  const open = [...answers];
  let screen = '';
  let unread = '';
  const code = await new Promise<number>((done) => {
    terminal.onExit(({ exitCode }) => done(exitCode));
    terminal.onData((text) => {
      screen += text;
      unread += text;
      const [question = '', answer = ''] = open[0] ?? [];
      if (!question || !unread.includes(question)) return;
      open.shift();
      unread = '';
      terminal.write(answer);
    });
  });
  return { code, screen };
}
