import type { TestProject } from 'vitest/node';
import { fetchSuite } from './fetch-suite.ts';
import { suites } from './folders.ts';
import { startDatabase } from './start-database.ts';

/** What the run is given. */
export interface Provided {
  readonly url: string;
  readonly version: string;
  /** Where the suites are, in their order. */
  readonly suiteFolders: readonly string[];
  readonly isOurs: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    restApiSpec: Provided;
  }
}

/** Fetches the suite, and starts a database of ours unless DAYBOOK_TEST_DATABASE_URL names a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const suiteFolders = suites.map(({ artifact }) => fetchSuite(artifact));
  const given = process.env.DAYBOOK_TEST_DATABASE_URL;
  const database = given === undefined ? await startDatabase() : { url: given, stop: async () => {} };
  const answer = await fetch(database.url);
  const { version } = (await answer.json()) as { version: { number: string } };
  project.provide('restApiSpec', {
    url: database.url,
    version: version.number,
    suiteFolders,
    isOurs: process.env.DAYBOOK_TEST_ENGINE === undefined,
  });
  return database.stop;
}
