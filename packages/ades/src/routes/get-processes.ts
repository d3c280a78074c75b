import type { ProcessDocument } from '@daybook/jobs-database';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { BUILT_IN_PROCESSES } from '../built-in/built-in-processes.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { jsonLink } from '../http/links.ts';
import { type PageWindow, pageLinks, pageQuery, parsePage } from '../http/page.ts';
import { linkSchema, processEntrySchema, responses } from '../http/schemas.ts';
import { toRecord } from '../processes/load-process.ts';
import { type ProcessListEntry, processListEntry } from '../processes/ogc-process.ts';

/**
 * Processes on a page that was asked for without `limit`. The standard's default of 10 may be changed; clients of WPS-T know no pages and look
 * for their process in the one answer, so it holds as many as there usually are. Beyond it, `next` links lead on.
 */
const DEFAULT_LIMIT = 1_000;

/** Documents that are read at once: each holds a whole packed workflow. */
const READ_AT_ONCE = 100;

const Query = Type.Object(pageQuery);

/** `GET /processes`: the deployed processes by their ids, then the built-in ones, each with the members of WPS-T and of OGC API – Processes. */
export function getProcesses(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes',
    schema: {
      tags: ['Processes'],
      summary: 'Processes',
      querystring: Query,
      response: responses(
        { 200: Type.Object({ processes: Type.Array(processEntrySchema), links: Type.Array(linkSchema) }) },
        400,
      ),
    },
    handler: async (request) => {
      const url = baseUrl(request, context.publicUrl);
      const page = parsePage(request.query, DEFAULT_LIMIT);
      const { processes, total } = await readEntries(context, page, url);
      const self = `${url}${request.url}`;
      return { processes, links: [...pageLinks(self, page, total), jsonLink(self, 'alternate')] };
    },
  });
}

async function readEntries(
  context: AdesContext,
  page: PageWindow,
  url: string,
): Promise<{ processes: ProcessListEntry[]; total: number }> {
  const processes: ProcessListEntry[] = [];
  const end = page.from + page.size;
  for (let from = page.from; ; from += READ_AT_ONCE) {
    const size = Math.min(READ_AT_ONCE, end - from);
    const { items, total } = await context.database.processes.list({ from, size });
    processes.push(...items.map((item: ProcessDocument) => processListEntry(toRecord(item), url)));
    if (items.length < size || from + size >= Math.min(end, total)) {
      // Last: clients of WPS-T may take the first one for theirs.
      const builtIn = [...BUILT_IN_PROCESSES.values()].slice(Math.max(0, page.from - total), Math.max(0, end - total));
      processes.push(...builtIn.map((process) => processListEntry(process, url)));
      return { processes, total: total + BUILT_IN_PROCESSES.size };
    }
  }
}
