import type { TestProject } from 'vitest/node';
import type { Target } from './daybook.ts';

/**
 * Tells the tests of a run which engine is the jobs database: DAYBOOK_TEST_ENGINE and DAYBOOK_TEST_DATABASE_URL put a real
 * Elasticsearch or OpenSearch in the place of the embedded engine, DAYBOOK_TEST_BUS_URL another SNS and SQS in that of the embedded bus.
 */
export function provideTarget(project: TestProject): Target {
  const engine = (process.env.DAYBOOK_TEST_ENGINE ?? 'embedded') as Target['engine'];
  const databaseUrl = process.env.DAYBOOK_TEST_DATABASE_URL;
  if (engine !== 'embedded' && databaseUrl === undefined) throw new Error('DAYBOOK_TEST_DATABASE_URL names no engine');
  const target = { engine, databaseUrl, busUrl: process.env.DAYBOOK_TEST_BUS_URL };
  project.provide('target', target);
  return target;
}

/** For runs whose tests start every Daybook themselves. */
export default function setup(project: TestProject): void {
  provideTarget(project);
}
