import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './program.ts';
import { eventually } from './wait.ts';

/** The body of an answer as a test looks at it. */
// biome-ignore lint/suspicious/noExplicitAny: a black-box test reads whatever came back and states what it must be
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export async function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json; charset=utf-8', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const content = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(content) : content };
}

/** The URL of an example's CWL document. */
export function exampleUrl(path: string): string {
  return pathToFileURL(join(root, 'examples', path)).href;
}

/** The deploy body that existing users send. */
export function deployBody(id: string, href: string, version = 'develop'): unknown {
  return {
    processDescription: {
      process: {
        id,
        title: `Title of ${id}`,
        abstract: `Abstract of ${id}`,
        keywords: [],
        owsContext: { offering: { code: 'http://www.opengis.net/eoc/applicationContext/cwl', content: { href } } },
        inputs: [],
        outputs: [],
      },
      processVersion: version,
      jobControlOptions: ['async-execute'],
      outputTransmission: ['reference'],
    },
    immediateDeployment: true,
    executionUnit: [{ href: 'docker.registry/ndvims:latest' }],
    deploymentProfileName: 'http://www.opengis.net/profiles/eoc/dockerizedApplication',
  };
}

let unique = 0;

/** Deploys an example under a name of its own, and gives `id:version`. */
export async function deployExample(ades: string, path: string): Promise<string> {
  unique += 1;
  const id = `${path.split('/')[0]}-${process.pid}-${Date.now().toString(36)}-${unique}`.toLowerCase();
  const answer = await call('POST', `${ades}/processes`, deployBody(id, exampleUrl(path)));
  if (answer.status !== 201) throw new Error(`deploy answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return `${id}:develop`;
}

/** The execute body that existing users send. */
export function executeBody(inputs: Record<string, unknown>, labels?: unknown): Record<string, unknown> {
  return {
    mode: 'async',
    response: 'document',
    inputs: Object.entries(inputs).map(([id, data]) => ({ id, data })),
    outputs: [{ id: 'output', transmissionMode: 'reference' }],
    ...(labels === undefined ? {} : { labels }),
  };
}

/** Submits a job in the WPS-T form and gives its id, which stands in the Location header. */
export async function submit(
  ades: string,
  process: string,
  inputs: Record<string, unknown>,
  labels?: readonly string[],
): Promise<string> {
  const answer = await call('POST', `${ades}/processes/${process}/jobs`, executeBody(inputs, labels));
  if (answer.status !== 201) throw new Error(`execute answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return (answer.headers.get('location') as string).split('/').at(-1) as string;
}

/** The job's document as plain HTTP reads it from the jobs database; undefined while there is none. */
export async function jobDocument(database: string, id: string): Promise<Json | undefined> {
  const answer = await call('GET', `${database}/jobs/_doc/${id}`);
  return answer.status === 200 ? answer.body._source : undefined;
}

/** Waits until the job has its verdict, and gives its document. */
export function verdictOf(database: string, id: string, seconds = 60): Promise<Json> {
  return eventually(
    `a verdict of job ${id}`,
    async () => {
      const document = await jobDocument(database, id);
      return document?.final === true ? document : undefined;
    },
    seconds,
  );
}

export const l1bInputs: Record<string, unknown> = {
  input_collection_id: 'SNDR_SNPP_ATMS_L1A___1',
  start_datetime: '2016-01-14T08:00:00Z',
  stop_datetime: '2016-01-14T11:59:59Z',
  output_collection_id: 'SNDR_SNPP_ATMS_L1B_OUTPUT___1',
};

/** The sounder example's scene, as make-archive.py describes it: what calibration must recover, in kelvin. */
export function sceneKelvin(channel: number, time: string): number {
  const base: Record<number, number> = { 1: 215, 2: 205, 6: 248, 9: 218, 18: 252 };
  const swing: Record<number, number> = { 1: 22, 2: 18, 6: 9, 9: 5, 18: 12 };
  const orbits = (Date.parse(time) - Date.parse('2016-01-14T07:50:00Z')) / ((101 * 60 + 26) * 1000);
  return (base[channel] as number) + (swing[channel] as number) * Math.sin(2 * Math.PI * orbits + channel);
}
