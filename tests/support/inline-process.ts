import { call, type Json } from './wps-t.ts';

let unique = 0;

/** Deploys a CWL document that stands in the request, and gives the process's id. */
export async function deployDocument(ades: string, document: Json): Promise<string> {
  const id = `inline-${process.pid}-${Date.now().toString(36)}-${unique++}`;
  const body = {
    processDescription: { id },
    executionUnit: { value: document, mediaType: 'application/cwl+json' },
  };
  const answer = await call('POST', `${ades}/processes`, body, { 'content-type': 'application/ogcapppkg+json' });
  if (answer.status !== 201) throw new Error(`deploy answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return id;
}

/** Deploys a CWL document, starts a job of it, and gives the job's id. */
export async function startDocument(ades: string, document: Json, inputs: Json = {}): Promise<string> {
  const url = `${ades}/processes/${await deployDocument(ades, document)}/execution`;
  const answer = await call('POST', url, { inputs }, { prefer: 'respond-async' });
  if (answer.status !== 201) throw new Error(`execute answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.jobID;
}

/** A tool that runs one line of shell. Its only step is called `main`. */
export function shellTool(script: string): Json {
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    id: 'tool',
    baseCommand: ['sh', '-c', script],
    inputs: {},
    outputs: {},
  };
}
