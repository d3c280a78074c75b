import type { TestProject } from 'vitest/node';
import { startDaybook, type Target } from './daybook.ts';

/**
 * Starts the Daybook that the tests of a run share. DAYBOOK_TEST_ENGINE and DAYBOOK_TEST_DATABASE_URL put a real
 * Elasticsearch or OpenSearch in the place of the embedded engine.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engine = (process.env.DAYBOOK_TEST_ENGINE ?? 'embedded') as Target['engine'];
  const databaseUrl = process.env.DAYBOOK_TEST_DATABASE_URL;
  if (engine !== 'embedded' && databaseUrl === undefined) throw new Error('DAYBOOK_TEST_DATABASE_URL names no engine');
  project.provide('target', { engine, databaseUrl });
  const daybook = await startDaybook({ databaseUrl });
  const { ades, database, bus, dataDir } = daybook;
  if (bus === undefined) throw new Error('Daybook printed no URL for its bus');
  project.provide('daybook', { ades, database, bus, dataDir });
  return () => daybook.stop();
}
