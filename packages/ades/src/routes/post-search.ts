import { DaybookError } from '@daybook/errors';
import type { JsonObject } from '@daybook/jobs';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { createConcurrencyGate } from '../http/concurrency-gate.ts';
import { described, responses } from '../http/schemas.ts';
import { searchJobs } from '../search/search-jobs.ts';

/** Searches at once; each may answer with ten thousand documents. */
const MAX_SEARCHES = 16;

/** `POST /jobs/search`: a search of the jobs in the Elasticsearch DSL. */
export function postSearch(app: AdesApp, context: AdesContext): void {
  const gate = createConcurrencyGate(MAX_SEARCHES, `${MAX_SEARCHES} searches are under way already: try again later`);
  app.route({
    method: 'POST',
    url: '/jobs/search',
    onRequest: gate.onRequest,
    schema: {
      tags: ['Jobs'],
      summary: 'Search the jobs in the Elasticsearch DSL',
      description:
        'Read-only, over the index `jobs` alone; without scripts, scrolls and points in time, and without the member `merge` of the documents.',
      body: Type.Record(Type.String(), Type.Unknown(), { description: 'A search body' }),
      response: responses({ 200: described("Elasticsearch's answer") }, 400, 413, 415, 503),
    },
    handler: (request) =>
      gate.run(request, () => {
        const [parameter] = Object.keys(request.query as object);
        if (parameter !== undefined) {
          throw new DaybookError(
            'invalid-argument',
            `query parameter ${parameter} is not offered here: all stands in the body`,
          );
        }
        return searchJobs(context.database, request.body as JsonObject);
      }),
  });
}
