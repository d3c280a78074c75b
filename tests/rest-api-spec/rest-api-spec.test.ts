import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { type ApiSpecification, readApiSpecification } from './api-specification.ts';
import { cleanState } from './clean-state.ts';
import { suites } from './folders.ts';
import { HttpClient } from './http.ts';
import { whyNotOffered } from './not-offered.ts';
import { runSteps, type TestRun } from './run-test.ts';
import { skipReason } from './skip.ts';
import { readSuite, type Suite, type Test } from './suite.ts';

const { url, version, suiteFolders, isOurs } = inject('restApiSpec');
const client = new HttpClient(url);

async function run(specification: ApiSpecification, suite: Suite, { steps }: Test): Promise<void> {
  const context: TestRun = { client, specification, stash: new Map(), answer: undefined };
  await cleanState(client);
  await runSteps(context, suite.setup);
  await runSteps(context, steps);
  await runSteps(context, suite.teardown);
}

function define(specification: ApiSpecification, file: string, suite: Suite, definition: Test): void {
  const skipped = skipReason([...suite.setup, ...definition.steps], version);
  if (skipped !== undefined) {
    test.skip(definition.name, { meta: { skipped } }, () => {});
    return;
  }
  const reason = isOurs ? whyNotOffered(file, definition.name) : undefined;
  if (reason === undefined) test(definition.name, () => run(specification, suite, definition));
  else {
    test(definition.name, { meta: { notOffered: reason } }, async () => {
      const outcome = await run(specification, suite, definition).then(
        () => 'passes',
        () => 'fails',
      );
      expect(outcome, 'listed in not-offered.json: a test that passes is to be taken off the list').toBe('fails');
    });
  }
}

for (const [position, { folders }] of (isOurs ? suites : suites.slice(0, 1)).entries()) {
  const suiteFolder = suiteFolders[position]!;
  const specification = readApiSpecification(join(suiteFolder, 'api'));
  describe.each(folders)('%s', (folder) => {
    const files = readdirSync(join(suiteFolder, 'test', folder)).filter(
      (name) => name.endsWith('.yml') && !name.includes('with_types'),
    );
    describe.each(files.sort())('%s', (file) => {
      const suite = readSuite(join(suiteFolder, 'test', folder, file));
      for (const definition of suite.tests) define(specification, `${folder}/${file}`, suite, definition);
    });
  });
}

afterAll(() => client.close());
