import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { jsonLink, type Link, ogcRelation } from '../http/links.ts';
import { described, responses } from '../http/schemas.ts';

const TITLE = 'Daybook';
const DESCRIPTION = 'Runs CWL workflows over science data and keeps every job in a searchable jobs database.';

/** `GET /`: what there is and where. */
export function getLandingPage(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/',
    schema: { tags: ['Server'], summary: 'Landing page', response: responses({ 200: described('Links') }) },
    handler: async (request) => {
      const links = landingLinks(baseUrl(request, context.publicUrl));
      return { title: TITLE, description: DESCRIPTION, links };
    },
  });
}

function landingLinks(url: string): readonly Link[] {
  return [
    jsonLink(`${url}/`, 'self', 'this document'),
    { href: `${url}/`, rel: 'alternate', type: 'text/html', title: 'this document as HTML' },
    {
      href: `${url}/api`,
      rel: 'service-desc',
      type: 'application/vnd.oai.openapi+json;version=3.0',
      title: 'API definition',
    },
    { href: `${url}/api/docs`, rel: 'service-doc', type: 'text/html', title: 'API documentation' },
    jsonLink(`${url}/conformance`, ogcRelation('conformance'), 'conformance classes'),
    jsonLink(`${url}/processes`, ogcRelation('processes'), 'processes'),
    jsonLink(`${url}/jobs`, ogcRelation('job-list'), 'jobs'),
    jsonLink(`${url}/campaigns`, 'related', 'campaigns: the labels of jobs'),
    jsonLink(`${url}/operations`, 'related', 'operations on many jobs'),
    jsonLink(`${url}/health`, 'status', 'health'),
  ];
}
