import type { JsonSchema, ParameterDescription } from '@daybook/cwl';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import { pathSegment } from '../http/base-url.ts';
import { jsonLink, type Link, ogcRelation } from '../http/links.ts';
import { describeRecord } from './describe-record.ts';
import { jobControlOptions } from './job-control-options.ts';
import type { Process } from './process.ts';
import { type WpsTProcess, type WpsTProcessEntry, wpsTProcess, wpsTProcessEntry } from './wps-t-process.ts';

/** OGC API – Processes, processSummary. */
export interface OgcProcessSummary {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly jobControlOptions: readonly string[];
  readonly outputTransmission: readonly string[];
  readonly mutable: boolean;
  readonly links: readonly Link[];
}

/** OGC API – Processes, inputDescription and outputDescription. */
interface OgcParameter {
  readonly title: string;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly minOccurs?: number;
  readonly maxOccurs?: number | 'unbounded';
}

/** The members of both forms; keywords are a text where a process was deployed in the WPS-T form, which its clients expect. */
export type ProcessListEntry = Omit<OgcProcessSummary, 'keywords'> &
  Omit<WpsTProcessEntry, 'keywords'> & { readonly keywords: string | readonly string[] };

/** The OGC description with the WPS-T one in its member `process`. */
export interface ProcessDescription extends OgcProcessSummary {
  readonly inputs: Readonly<Record<string, OgcParameter>>;
  readonly outputs: Readonly<Record<string, OgcParameter>>;
  readonly process: WpsTProcess;
}

/** A process as the answer to its deploy or an entry of an OGC list. */
export function ogcProcessSummary(process: Process, baseUrl: string): OgcProcessSummary {
  const url = `${baseUrl}/processes/${pathSegment(process.id)}`;
  return {
    id: process.id,
    version: process.version,
    title: process.title,
    description: process.abstract,
    keywords: process.keywords,
    jobControlOptions: jobControlOptions(process),
    outputTransmission: process['output-transmission'],
    mutable: !isBuiltIn(process),
    links: [
      jsonLink(url, 'self', 'process description'),
      jsonLink(`${url}/execution`, ogcRelation('execute'), 'execution'),
      jsonLink(`${baseUrl}/jobs?processID=${encodeURIComponent(process.id)}`, ogcRelation('job-list'), 'jobs'),
    ],
  };
}

/** A process as an entry of the list, which serves clients of both forms. */
export function processListEntry(process: Process, baseUrl: string): ProcessListEntry {
  const wpsT = wpsTProcessEntry(process);
  const ogc = ogcProcessSummary(process, baseUrl);
  return { ...wpsT, ...ogc, keywords: process.form === 'wps-t' ? wpsT.keywords : ogc.keywords };
}

/** A process as it is described to clients of both forms. Inputs of `hidden` names are filled in by the server. */
export function processDescription(process: Process, baseUrl: string, hidden: ReadonlySet<string>): ProcessDescription {
  const { inputs, outputs } = describeRecord(process);
  const summary = ogcProcessSummary(process, baseUrl);
  const shown = Object.entries(inputs).filter(([id]) => !hidden.has(id));
  return {
    ...summary,
    inputs: Object.fromEntries(shown.map(([id, input]) => [id, ogcInput(input)])),
    outputs: Object.fromEntries(Object.entries(outputs).map(([id, output]) => [id, ogcOutput(output)])),
    process: wpsTProcess(process, hidden),
    links: [...summary.links, ...(isBuiltIn(process) ? [] : packageLinks(process, baseUrl))],
  };
}

function packageLinks(process: Process, baseUrl: string): readonly Link[] {
  const url = `${baseUrl}/processes/${pathSegment(process.id)}`;
  return [
    { href: `${url}/graph`, rel: 'preview', type: 'image/svg+xml', title: 'picture of the workflow' },
    { href: `${url}/package`, rel: 'related', title: 'package' },
  ];
}

function ogcInput(input: ParameterDescription): OgcParameter {
  return { ...ogcOutput(input), minOccurs: input.minOccurs, maxOccurs: input.maxOccurs };
}

function ogcOutput({ title, description, schema }: ParameterDescription): OgcParameter {
  return { title, ...(description !== undefined && { description }), schema };
}
