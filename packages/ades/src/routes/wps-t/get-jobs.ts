import type { JobPage } from '@daybook/jobs-database';
import { Type } from 'typebox';
import type { AdesContext } from '../../ades-context.ts';
import type { AdesApp } from '../../http/ades-app.ts';
import { baseUrl } from '../../http/base-url.ts';
import { linkHeader } from '../../http/page.ts';
import { responses, wpsTStatusSchema } from '../../http/schemas.ts';
import { jobPageLinks, jobPageQuery, parseJobPage } from '../../jobs/job-list-page.ts';
import { parseJobSort } from '../../jobs/parse-job-sort.ts';
import { readableJob } from '../../jobs/readable-job.ts';
import { wpsTJobEntry } from '../../jobs/wps-t-job.ts';
import { loadProcess } from '../../processes/load-process.ts';
import { processParams } from '../process-params.ts';

/** Jobs on a page that was asked for without `limit`: clients of WPS-T know no pages. A `Link` header leads on to older ones. */
const DEFAULT_LIMIT = 1_000;

const Query = Type.Object(jobPageQuery);

/** `GET /processes/{id}:{version}/jobs`: the jobs of a process, the newest first; also of one that was undeployed and has some. */
export function wpsTGetJobs(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId/jobs',
    schema: {
      tags: ['WPS-T jobs'],
      summary: 'Jobs of a process',
      params: processParams,
      querystring: Query,
      response: responses({ 200: Type.Object({ jobs: Type.Array(wpsTStatusSchema) }) }, 400, 404),
    },
    handler: async (request, reply) => {
      const { processId } = request.params;
      const page = parseJobPage(request.query, parseJobSort(undefined), DEFAULT_LIMIT);
      const jobsOf = (id: string): Promise<JobPage> =>
        context.database.searchJobs({ filter: { processIds: [id] }, ...page });
      const own = await jobsOf(processId);
      const process = own.total === 0 ? await loadProcess(context.database, processId) : undefined;
      const found = process === undefined || process.id === processId ? own : await jobsOf(process.id);
      const self = `${baseUrl(request, context.publicUrl)}${request.url}`;
      reply.header('link', linkHeader(jobPageLinks(self, page, found)));
      return { jobs: found.items.map((job) => wpsTJobEntry(readableJob(job))) };
    },
  });
}
