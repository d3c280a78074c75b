import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { deployDocument, shellTool } from '../support/inline-process.ts';
import { root } from '../support/program.ts';
import { deployExample, l1bInputs, submit, verdictOf } from '../support/wps-t.ts';

/** With the start and the examples, both runs stay below two minutes. */
const SECONDS = { whole: 40, stateful: 40 } as const;
const seed = process.env.DAYBOOK_TEST_SEED ?? '1';

/** What the definition cannot say makes a request that fits it a refused one: a CWL document that is none, inputs of a process, outputs that were removed. */
const CONFIG = `[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "422", "429", "5xx"]
`;

/** Pages for people are left to the other run: in their requests an empty field, which fits no number, is none. */
const STATEFUL_CONFIG = `${CONFIG}
[parameters]
"query.f" = "json"
`;

/** A job that is deleted is dismissed, or has no outputs any more: its status stays. */
const EXCLUDED = 'use_after_free';
/** A request that was to be refused for its `f` has the one that is set here. */
const STATEFUL_EXCLUDED = `${EXCLUDED},negative_data_rejection`;

let folder: string;
let daybook: Daybook;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-schemathesis-'));
  // Of its own: processes are undeployed and jobs dismissed at random.
  daybook = await startOnTarget();
  const process = await deployExample(daybook.ades, 'l1b-cwl/workflow.cwl');
  await verdictOf(daybook.database, await submit(daybook.ades, process, l1bInputs, ['a']));
});
afterAll(async () => {
  await daybook.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs schemathesis and gives its output, with whether it found nothing. */
function schemathesis(
  phases: string,
  { config, excluded, seconds }: { readonly config: string; readonly excluded: string; readonly seconds: number },
): Promise<{ readonly isClean: boolean; readonly output: string }> {
  writeFileSync(join(folder, 'schemathesis.toml'), config);
  const all = [
    ...['-W', 'ignore', '-m', 'schemathesis.cli', '--config-file', join(folder, 'schemathesis.toml')],
    ...['run', `${daybook.ades}/api`, '--checks', 'all', '--seed', seed, '--max-examples', '10'],
    ...['--max-time', String(seconds), '--request-timeout', '20', '--continue-on-failure', '--no-color'],
    ...['--exclude-checks', excluded],
    // A stream that does not end is no answer to check.
    ...['--exclude-path', '/jobs/events'],
    ...['--phases', phases],
  ];
  const env = { ...process.env, PYTHONPATH: join(root, '.setup/python/schemathesis'), PYTHONDONTWRITEBYTECODE: '1' };
  const run = spawn(join(root, '.venv/bin/python'), all, { cwd: folder, env });
  let output = '';
  for (const stream of [run.stdout, run.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  return new Promise((resolve, reject) => {
    run.on('error', reject);
    run.on('close', (code) => resolve({ isClean: code === 0, output }));
  });
}

describe('the API', () => {
  it(`does what its definition says, whatever is sent: seed ${seed}`, async () => {
    const { isClean, output } = await schemathesis('examples,coverage,fuzzing', {
      config: CONFIG,
      excluded: EXCLUDED,
      seconds: SECONDS.whole,
    });
    expect(isClean, output).toBe(true);
    const [, selected, tested] = /Selected: (\d+)\/.*Tested: (\d+)/s.exec(output) ?? [];
    expect([tested, Number(tested) > 20], output).toEqual([selected, true]);
  });

  it(`does so in requests that follow one another by the links of the definition: seed ${seed}`, async () => {
    // That can be executed by whatever is sent: undeployed at random too, so there are some.
    const tool = { ...shellTool('echo well'), outputs: { out: 'stdout' } };
    for (let n = 0; n < 5; n++) await deployDocument(daybook.ades, tool);
    const { isClean, output } = await schemathesis('stateful', {
      config: STATEFUL_CONFIG,
      excluded: STATEFUL_EXCLUDED,
      seconds: SECONDS.stateful,
    });
    expect(isClean, output).toBe(true);
    expect(Number(/API Links: +(\d+) covered/.exec(output)?.[1]), output).toBeGreaterThan(3);
  });

  it('has interactive documentation that needs nothing from elsewhere', async () => {
    const url = `${daybook.ades}/api/docs`;
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self'/);
    const sources = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => new URL(source!, url),
    );
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source.origin).toBe(daybook.ades);
      expect((await fetch(source)).status, source.href).toBe(200);
    }
    const definition = await (await fetch(`${url}/json`)).json();
    expect(definition).toEqual(await (await fetch(`${daybook.ades}/api`)).json());
  });
});
