import { readFile } from 'node:fs/promises';

/** Reads what the test runners write down about a run; nothing when they wrote nothing. */

export interface TestResult {
  /** With the titles that it stands under. */
  title: string;
  status: 'passed' | 'failed' | 'skipped';
}

/** A file that vitest could not load counts as one failed test, whose title is the file's path. */
export async function vitestReport(file: string): Promise<TestResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '{"testResults":[]}');
  const { testResults } = JSON.parse(text) as {
    testResults: {
      name: string;
      status: string;
      assertionResults: { fullName: string; status: string }[];
    }[];
  };
  return testResults.flatMap(({ name, status: whole, assertionResults }) => {
    const results = assertionResults.map(({ fullName, status }): TestResult => {
      const isRun = status === 'passed' || status === 'failed';
      return { title: fullName, status: isRun ? status : 'skipped' };
    });
    const isExplained = results.some(({ status }) => status === 'failed');
    if (whole === 'failed' && !isExplained) results.push({ title: name, status: 'failed' });
    return results;
  });
}

interface Suite {
  title: string;
  specs: { title: string; ok: boolean; tests: { status: string }[] }[];
  suites?: Suite[];
}

export async function playwrightReport(file: string): Promise<TestResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '{"suites":[]}');
  const inside = ({ title, specs, suites = [] }: Suite): TestResult[] => [
    ...specs.map((spec): TestResult => {
      const isSkipped = spec.tests.every(({ status }) => status === 'skipped');
      const status = isSkipped ? 'skipped' : spec.ok ? 'passed' : 'failed';
      return { title: `${title} ${spec.title}`, status };
    }),
    ...suites.flatMap(inside),
  ];
  return (JSON.parse(text) as { suites: Suite[] }).suites.flatMap(inside);
}

/** What `pytest --junitxml` writes. */
export async function pytestReport(file: string): Promise<TestResult[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const cases = text.matchAll(
    /<testcase [^>]*?name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g,
  );
  return Array.from(cases, ([, title = '', inside = '']): TestResult => {
    const isFailed = /<(failure|error)\b/.test(inside);
    const status = isFailed ? 'failed' : inside.includes('<skipped') ? 'skipped' : 'passed';
    return { title, status };
  });
}

/** What `go test -json` prints. A test with subtests is not counted beside them. */
export function goReport(output: string): TestResult[] {
  const results = output.split('\n').flatMap((line): TestResult[] => {
    const [, action, title] = /"Action":"(pass|fail|skip)".*"Test":"([^"]+)"/.exec(line) ?? [];
    if (!action || !title) return [];
    const status = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const;
    return [{ title, status: status[action as keyof typeof status] }];
  });
  return results.filter(
    ({ title }) => !results.some((other) => other.title.startsWith(`${title}/`)),
  );
}
