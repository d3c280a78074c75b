import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { linkSchema, responses, statusInfoSchema } from '../http/schemas.ts';
import { jobFilterQuery } from '../jobs/job-filter-query.ts';
import { jobPageLinks, jobPageQuery, parseJobPage } from '../jobs/job-list-page.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { parseJobListQuery, separated } from '../jobs/parse-job-list-query.ts';
import { JOB_SORT_KEYS, parseJobSort } from '../jobs/parse-job-sort.ts';
import { readableJob } from '../jobs/readable-job.ts';
import { explainingQuery } from '../search/explain-query.ts';

const DEFAULT_LIMIT = 10;

const Query = Type.Object({
  ...jobPageQuery,
  ...jobFilterQuery,
  type: Type.Optional(Type.Array(Type.String(), { description: 'Any of these types; every job is of type process' })),
  sortby: Type.Optional(
    Type.String({ description: `${JOB_SORT_KEYS.join(', ')}; with - before it descending. Default -created` }),
  ),
});

/** `GET /jobs`: the jobs that all filters select, the newest first unless told otherwise. */
export function getJobs(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs',
    schema: {
      tags: ['Jobs'],
      summary: 'Jobs',
      querystring: Query,
      response: responses(
        { 200: Type.Object({ jobs: Type.Array(statusInfoSchema), links: Type.Array(linkSchema) }) },
        400,
      ),
    },
    handler: async (request) => {
      const { limit, offset, after, before, type, sortby, ...filters } = request.query;
      const url = baseUrl(request, context.publicUrl);
      const page = parseJobPage(request.query, parseJobSort(sortby), DEFAULT_LIMIT);
      const search = { filter: parseJobListQuery(filters), ...page };
      const isProcess = type === undefined || separated(type).includes('process');
      const found = isProcess
        ? await explainingQuery('query parameter q', filters.q, () => context.database.searchJobs(search))
        : { items: [], total: 0 };
      return {
        jobs: found.items.map((job) => ogcStatusInfo(readableJob(job), url)),
        links: jobPageLinks(`${url}${request.url}`, page, found),
      };
    },
  });
}
