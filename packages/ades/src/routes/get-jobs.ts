import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { pageLinks, pageQuery, parsePage } from '../http/page.ts';
import { linkSchema, responses, statusInfoSchema } from '../http/schemas.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { parseJobListQuery } from '../jobs/parse-job-list-query.ts';
import { readableJob } from '../jobs/readable-job.ts';

const DEFAULT_LIMIT = 10;

const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description }));

const Query = Type.Object({
  ...pageQuery,
  type: Type.Optional(Type.Array(Type.String(), { description: 'Every job is of type process' })),
  processID: texts('Any of these processes'),
  status: texts('Any of these statuses'),
  label: texts('All of these labels'),
  user: texts('Any of these users'),
  datetime: Type.Optional(Type.String({ description: 'Time or interval of the submission' })),
  minDuration: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds' })),
  maxDuration: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds' })),
});

/** `GET /jobs`: the jobs that all filters select, the newest first. */
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
      const { limit, offset, type, ...filters } = request.query;
      const url = baseUrl(request, context.publicUrl);
      const page = parsePage(
        { ...(limit !== undefined && { limit }), ...(offset !== undefined && { offset }) },
        DEFAULT_LIMIT,
      );
      const filter = parseJobListQuery(filters);
      const isProcess = type === undefined || type.includes('process');
      const { items, total } = isProcess
        ? await context.database.searchJobs({ filter, ...page })
        : { items: [], total: 0 };
      return {
        jobs: items.map((job) => ogcStatusInfo(readableJob(job), url)),
        links: pageLinks(`${url}${request.url}`, page, total),
      };
    },
  });
}
