/** What an answer makes possible: where, and which parameters of it are found where in the exchange (runtime expressions of OpenAPI). */
interface ApiLink {
  /** Method, path and status of the answer. */
  readonly from: readonly [method: string, path: string, status: number];
  /** Methods and paths of the requests that may follow. */
  readonly to: readonly (readonly [method: string, path: string])[];
  readonly parameters: Readonly<Record<string, string>>;
}

const EXECUTION = '/processes/{processId}/execution';

const OF_PROCESS = [
  ['get', '/processes/{processId}'],
  ['get', '/processes/{processId}/package'],
  ['get', '/processes/{processId}/graph'],
  ['get', '/processes/{processId}/jobs'],
  ['post', EXECUTION],
  ['delete', '/processes/{processId}'],
] as const;

const OF_JOB = [
  ['get', '/jobs/{jobId}'],
  ['get', '/jobs/{jobId}/results'],
  ['get', '/jobs/{jobId}/updates'],
  ['get', '/jobs/{jobId}/logs'],
  ['patch', '/jobs/{jobId}'],
  ['delete', '/jobs/{jobId}'],
] as const;

const LINKS: readonly ApiLink[] = [
  { from: ['post', '/processes', 201], to: OF_PROCESS, parameters: { processId: '$response.body#/id' } },
  {
    from: ['get', '/processes/{processId}', 200],
    to: [['post', EXECUTION]],
    parameters: { processId: '$request.path.processId' },
  },
  { from: ['post', EXECUTION, 201], to: OF_JOB, parameters: { jobId: '$response.body#/jobID' } },
  {
    from: ['get', '/jobs/{jobId}', 200],
    to: [
      ['get', '/jobs/{jobId}/results'],
      ['delete', '/jobs/{jobId}'],
    ],
    parameters: { jobId: '$request.path.jobId' },
  },
  {
    from: ['post', '/operations', 202],
    to: [['get', '/operations/{operationId}']],
    parameters: { operationId: '$response.body#/id' },
  },
];

/** A definition of OpenAPI 3, as far as links go. */
interface Definition {
  readonly paths?: Readonly<Record<string, unknown>> | undefined;
}

interface Operation {
  readonly responses?: Readonly<Record<string, { links?: Record<string, unknown> }>>;
}

/** Adds to a definition which request may follow which answer (OpenAPI 3.0, Link Object). Throws where it has no such request: a route was renamed. */
export function addLinks<D extends Definition>(definition: D): D {
  const operationAt = (method: string, path: string): Operation => {
    const item = definition.paths?.[path] as Readonly<Record<string, Operation>> | undefined;
    const operation = item?.[method];
    if (operation === undefined) throw new Error(`the definition has no ${method} ${path}`);
    return operation;
  };
  for (const { from, to, parameters } of LINKS) {
    const [method, path, status] = from;
    const answer = operationAt(method, path).responses?.[status];
    if (answer === undefined) throw new Error(`the definition has no answer ${status} of ${method} ${path}`);
    for (const [nextMethod, nextPath] of to) {
      operationAt(nextMethod, nextPath);
      const operationRef = `#/paths/${nextPath.replaceAll('~', '~0').replaceAll('/', '~1')}/${nextMethod}`;
      answer.links = { ...answer.links, [nameOf(nextMethod, nextPath)]: { operationRef, parameters } };
    }
  }
  return definition;
}

/** Names of links are made of letters, digits, `.`, `-` and `_`. */
function nameOf(method: string, path: string): string {
  return [method, ...path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'))].join('-');
}
