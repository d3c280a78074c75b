import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import { parse as parseYaml } from 'yaml';
import { INLINE_BASE_URL } from './cwl-media-type.ts';
import type { DeployCommand } from './deploy-command.ts';
import { declaredJobControlOptions } from './job-control-options.ts';

/** Parsing YAML holds up the event loop, by up to a second for this many. */
const MAX_CHARACTERS = 1024 * 1024;

/**
 * What a bare CWL document in JSON or YAML asks for. `workflow` picks a process of a `$graph` and names the deployed one; without it, that
 * is the `main` one, else the first workflow. Throws `invalid-argument` for what is no YAML.
 */
export function parseCwlDeploy(text: string, mediaType: string, workflow: string | undefined): DeployCommand {
  const document = parseDocument(text);
  const picked = workflow ?? firstWorkflow(document);
  const name = picked ?? (isJsonObject(document) && typeof document.id === 'string' ? bareId(document.id) : undefined);
  return {
    form: 'ogc',
    processId: name === 'main' ? undefined : name,
    version: undefined,
    namesVersion: false,
    title: undefined,
    abstract: undefined,
    keywords: [],
    source: { text, baseUrl: INLINE_BASE_URL },
    workflow: picked,
    executionUnit: '',
    immediateDeployment: true,
    jobControlOptions: declaredJobControlOptions(),
    outputTransmission: ['value', 'reference'],
    inputs: [],
    outputs: [],
    package: { mediaType, body: text },
  };
}

function parseDocument(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new DaybookError(
      'invalid-argument',
      `The CWL document is longer than the ${MAX_CHARACTERS} characters allowed`,
    );
  }
  try {
    return parseYaml(text, { logLevel: 'error' });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DaybookError('invalid-argument', `The CWL document is neither YAML nor JSON: ${reason}`, { cause });
  }
}

/** The process of a `$graph` that is meant when none is named; undefined for a document that is one process. */
function firstWorkflow(document: unknown): string | undefined {
  const graph = isJsonObject(document) ? document.$graph : undefined;
  if (!Array.isArray(graph)) return undefined;
  const ids = graph
    .filter(isJsonObject)
    .filter((process) => process.class === 'Workflow' || graph.length === 1)
    .flatMap(({ id }) => (typeof id === 'string' ? [bareId(id)] : []));
  return ids.includes('main') ? 'main' : ids[0];
}

function bareId(id: string): string {
  return id.replace(/^.*#/, '');
}
