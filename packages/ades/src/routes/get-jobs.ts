import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { pageLinks, pageQuery, parsePage } from '../http/page.ts';
import { linkSchema, responses, statusInfoSchema } from '../http/schemas.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { parseJobListQuery, separated } from '../jobs/parse-job-list-query.ts';
import { JOB_SORT_KEYS, parseJobSort } from '../jobs/parse-job-sort.ts';
import { readableJob } from '../jobs/readable-job.ts';

const DEFAULT_LIMIT = 10;

const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }));

const Query = Type.Object({
  ...pageQuery,
  type: texts('Any of these types; every job is of type process'),
  processID: texts('Any of these processes'),
  status: texts('Any of these statuses'),
  label: texts('All of these labels'),
  user: texts('Any of these users'),
  input: texts('All of these inputs, each name=value'),
  'error-class': texts('Any of these classes of errors'),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1_000, description: 'Query string of Lucene over all fields of the jobs' }),
  ),
  sortby: Type.Optional(
    Type.String({ description: `${JOB_SORT_KEYS.join(', ')}; with - before it descending. Default -created` }),
  ),
  datetime: Type.Optional(Type.String({ description: 'Time or interval of the submission' })),
  minDuration: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds' })),
  maxDuration: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds' })),
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
      const { limit, offset, type, sortby, ...filters } = request.query;
      const url = baseUrl(request, context.publicUrl);
      const page = parsePage(
        { ...(limit !== undefined && { limit }), ...(offset !== undefined && { offset }) },
        DEFAULT_LIMIT,
      );
      const search = { filter: parseJobListQuery(filters), sort: parseJobSort(sortby) };
      const isProcess = type === undefined || separated(type).includes('process');
      const { items, total } = isProcess
        ? await context.database.searchJobs({ ...search, ...page })
        : { items: [], total: 0 };
      return {
        jobs: items.map((job) => ogcStatusInfo(readableJob(job), url)),
        links: pageLinks(`${url}${request.url}`, page, total),
      };
    },
  });
}
