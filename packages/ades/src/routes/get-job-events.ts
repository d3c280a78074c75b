import { Readable } from 'node:stream';
import { DaybookError } from '@daybook/errors';
import type { JobFilter } from '@daybook/jobs-database';
import { type Static, Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { followJobs } from '../events/follow-jobs.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { described, responses } from '../http/schemas.ts';
import { lastEventId, sendEvents } from '../http/server-sent-events.ts';
import { jobFilterQuery } from '../jobs/job-filter-query.ts';
import { loadJob } from '../jobs/load-job.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { parseJobListQuery } from '../jobs/parse-job-list-query.ts';
import { readableJob } from '../jobs/readable-job.ts';
import { explainingQuery } from '../search/explain-query.ts';

const Query = Type.Object({
  ...jobFilterQuery,
  initial: Type.Optional(
    Type.Boolean({
      description: 'Whether jobs are told as they are first; else only what changes from now on. Default true',
    }),
  ),
  jobID: Type.Optional(Type.String({ description: 'One job, until it ends' })),
});

/** `GET /jobs/events`: one job, or those that the filters select, as server-sent events: as they are, then at each change. */
export function getJobEvents(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/events',
    schema: {
      tags: ['Jobs'],
      summary: 'Changes of jobs, as they happen',
      description:
        'Server-sent events: `job` with statusInfo, first as it is, then at each change. `Last-Event-ID` resumes.',
      querystring: Query,
      response: responses({ 200: described('Server-sent events') }, 400, 404, 503),
    },
    handler: async (request, reply) => {
      const { jobID, initial = true, ...filters } = request.query;
      const filter = await filterOf(context, jobID, filters);
      const after = lastEventId(request, 'the id of an event, a number');
      const { jobEvents } = context;
      // What was accepted before is found from here on: a client may look for itself once the stream is open.
      if (jobID === undefined) await context.database.refreshJobs();
      // Before the watch begins: what changes meanwhile is told.
      const known = initial || after !== undefined ? -1 : await context.database.lastChange();
      const watch = await jobEvents.watch(filter);
      const gone = new AbortController();
      const leave = (): void => gone.abort();
      reply.raw.once('close', leave);
      jobEvents.closed.addEventListener('abort', leave, { once: true });
      const url = baseUrl(request, context.publicUrl);
      const events = Readable.from(
        followJobs({
          watch,
          initial: jobEvents.initial(filter, known === -1 ? after : known),
          known,
          isOneJob: jobID !== undefined,
          show: (job) => ogcStatusInfo(readableJob(job), url),
          gone: gone.signal,
        }),
      );
      events.once('close', () => {
        jobEvents.closed.removeEventListener('abort', leave);
        jobEvents.leave(watch);
      });
      return sendEvents(reply, events);
    },
  });
}

async function filterOf(
  context: AdesContext,
  jobId: string | undefined,
  filters: Omit<Static<typeof Query>, 'jobID' | 'initial'>,
): Promise<JobFilter> {
  if (jobId === undefined) {
    const filter = parseJobListQuery(filters);
    // A query that the engine does not take must not come to stand beside those of others.
    const check = () => context.database.searchJobs({ filter, size: 0 });
    if (filters.q !== undefined) await explainingQuery('query parameter q', filters.q, check);
    return filter;
  }
  if (Object.keys(filters).some((name) => name !== 'f')) {
    throw new DaybookError('invalid-argument', 'query parameter jobID goes with no other filter');
  }
  return { ids: [(await loadJob(context.database, jobId)).id] };
}
