import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestModule } from 'vitest/node';
import { notOffered } from './not-offered.ts';

const path = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'COMPATIBILITY.md');

interface Counts {
  passed: number;
  failed: number;
  notOffered: number;
}

/** Writes COMPATIBILITY.md from a run of the whole suite on Daybook. */
export default class CompatibilityReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const byFolder = new Map<string, Counts>();
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      const { state } = test.result();
      if (state === 'skipped') continue;
      const folder = test.fullName.split(' > ')[0] ?? '';
      const counts = byFolder.get(folder) ?? { passed: 0, failed: 0, notOffered: 0 };
      if (state === 'failed') counts.failed += 1;
      else if (test.meta().notOffered === undefined) counts.passed += 1;
      else counts.notOffered += 1;
      byFolder.set(folder, counts);
    }
    if (byFolder.size > 0) writeFileSync(path, render(byFolder));
  }
}

function render(byFolder: ReadonlyMap<string, Counts>): string {
  const sum = (of: (counts: Counts) => number): number =>
    [...byFolder.values()].reduce((total, counts) => total + of(counts), 0);
  const row = (name: string, { passed, failed, notOffered: without }: Counts): string =>
    `| ${name} | ${passed} | ${failed} | ${without} |`;
  const total = {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    notOffered: sum((counts) => counts.notOffered),
  };
  return `# How much of the Elasticsearch HTTP API the jobs database has

Measured with the YAML suites of the Elasticsearch REST API, version 7.10.2, and for points in time of OpenSearch's, version 2.19.0: the
folders that are about what a jobs database has, without the files about legacy mapping types. A test counts as not offered when it is listed, with its reason, in
\`tests/rest-api-spec/not-offered.json\`; one that is listed and passes fails the run.

\`npx vitest run --config tests/vitest.rest-api-spec.config.ts\` runs them; with \`DAYBOOK_TEST_COMPATIBILITY=write\` it writes this page.

| folder | passed | failed | not offered |
| --- | ---: | ---: | ---: |
${[...byFolder].map(([name, counts]) => row(name, counts)).join('\n')}
${row('**all**', total)}

## What is not offered

${notOffered.map(({ reason, tests }) => `- ${reason} (${tests.map((test) => `\`${test}\``).join(', ')})`).join('\n')}
`;
}
