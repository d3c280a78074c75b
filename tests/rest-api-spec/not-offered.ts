import { readFileSync } from 'node:fs';

/** A set of tests that are about what Daybook does not offer. */
interface Entry {
  readonly reason: string;
  /** Each `folder`, `folder/file.yml` or `folder/file.yml: name of the test`; `*` stands for any characters. */
  readonly tests: readonly string[];
}

/** The list, in its order. */
export const notOffered = JSON.parse(
  readFileSync(new URL('not-offered.json', import.meta.url), 'utf8'),
) as readonly Entry[];

const patterns = notOffered.flatMap(({ reason, tests }) =>
  tests.map((text) => ({ reason, expression: new RegExp(`^${text.split('*').map(escapeText).join('.*')}$`) })),
);

/** Why a test is not expected to pass on Daybook; undefined when it is. */
export function whyNotOffered(file: string, test: string): string | undefined {
  const names = [file, `${file}: ${test}`];
  return patterns.find(({ expression }) => names.some((name) => expression.test(name)))?.reason;
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

declare module 'vitest' {
  interface TaskMeta {
    /** Why the suite or the runner leaves the test out. */
    skipped?: string;
    /** Why the test is not expected to pass on Daybook. */
    notOffered?: string;
  }
}
