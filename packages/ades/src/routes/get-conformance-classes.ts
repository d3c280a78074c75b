import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';

const PART_1 = 'http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/';
const PART_2 = 'http://www.opengis.net/spec/ogcapi-processes-2/1.0/conf/';

const CLASSES: readonly string[] = [
  ...['core', 'ogc-process-description', 'json', 'html', 'oas30', 'job-list', 'callback', 'dismiss'].map(
    (name) => PART_1 + name,
  ),
  ...['deploy-replace-undeploy', 'ogcapppkg', 'cwl', 'docker'].map((name) => PART_2 + name),
];

/** `GET /conformance`: the conformance classes that hold here. */
export function getConformanceClasses(app: AdesApp): void {
  app.route({
    method: 'GET',
    url: '/conformance',
    schema: { tags: ['Server'], summary: 'Conformance classes', response: responses({ 200: described('Classes') }) },
    handler: async () => ({ conformsTo: CLASSES }),
  });
}
