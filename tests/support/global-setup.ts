import type { TestProject } from 'vitest/node';
import { startDaybook } from './daybook.ts';
import { provideTarget } from './provide-target.ts';

/** Starts the Daybook that the tests of a run share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { databaseUrl, busUrl } = provideTarget(project);
  const { ades, database, bus, busResources, dataDir, stop } = await startDaybook({ databaseUrl, busUrl });
  project.provide('daybook', { ades, database, bus, busResources, dataDir });
  return stop;
}
