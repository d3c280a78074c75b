import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { root } from '../support/program.ts';
import { runJourney } from './support/run-journey.ts';

let database: Database;

beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

test.each([
  ['elasticsearch7', 'elasticsearch'],
  ['elasticsearch7.17', 'elasticsearch'],
  ['elasticsearch8', 'elasticsearch'],
  ['elasticsearch9', 'elasticsearch'],
  ['opensearch', 'opensearchpy'],
])('the Python client of the folder %s makes its whole journey', async (folder, packageName) => {
  const steps = await runJourney(
    join(root, '.venv/bin/python'),
    ['-W', 'ignore', join(root, 'tests/clients/python/journey.py'), database.url, `py-${folder}`, packageName],
    { env: { PYTHONPATH: join(root, '.setup/python', folder), PYTHONDONTWRITEBYTECODE: '1' } },
  );
  expect(steps.filter((step) => step.problem !== null)).toEqual([]);
  expect(steps).toHaveLength(21);
});
