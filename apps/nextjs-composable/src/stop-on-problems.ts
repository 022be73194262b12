import { environmentProblems } from './env';

/** Ends the process with one line for each variable that is wrong, instead of failing at somebody's sign-in. */
export function stopOnProblems(): void {
  const problems = environmentProblems(process.env);
  if (problems.length === 0) return;
  console.error(problems.map((problem) => `Configuration: ${problem}`).join('\n'));
  process.exit(1);
}
