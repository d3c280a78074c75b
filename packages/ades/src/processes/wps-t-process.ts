import type { ParameterDescription } from '@daybook/cwl';
import { pathSegment } from '../http/base-url.ts';
import { describeRecord } from './describe-record.ts';
import { jobControlOptions } from './job-control-options.ts';
import type { Process } from './process.ts';
import type { DeclaredParameter } from './process-record.ts';

/** A process in the WPS-T list. */
export interface WpsTProcessEntry {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  /** Separated by commas. */
  readonly keywords: string;
  readonly owsContextURL: string;
  readonly processVersion: string;
  readonly jobControlOptions: readonly string[];
  readonly outputTransmission: readonly string[];
  readonly immediateDeployment: 'true' | 'false';
  readonly executionUnit: string;
}

/** An input or output in the WPS-T description. */
interface WpsTParameter {
  readonly id: string;
  readonly title: string;
  readonly formats: readonly unknown[];
}

/** A process described in the WPS-T form. */
export interface WpsTProcess extends WpsTProcessEntry {
  readonly inputs: readonly WpsTParameter[];
  readonly outputs: readonly WpsTParameter[];
}

/** The answer to a WPS-T deploy. */
export interface WpsTProcessSummary {
  /** Without the version. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: string;
  readonly version: string;
  readonly jobControlOptions: readonly string[];
  readonly processDescriptionURL: string;
}

/** A process as an entry of the WPS-T list. */
export function wpsTProcessEntry(process: Process): WpsTProcessEntry {
  return {
    id: process.id,
    title: process.title,
    abstract: process.abstract,
    keywords: process.keywords.join(','),
    owsContextURL: process['ows-context-url'],
    processVersion: process.version,
    jobControlOptions: jobControlOptions(process),
    outputTransmission: process['output-transmission'],
    immediateDeployment: process['immediate-deployment'] ? 'true' : 'false',
    executionUnit: process['execution-unit'],
  };
}

/** A process as WPS-T describes it. Inputs of `hidden` names are shown only where the deploy declared them. */
export function wpsTProcess(process: Process, hidden: ReadonlySet<string>): WpsTProcess {
  const { inputs, outputs } = describeRecord(process);
  return {
    ...wpsTProcessEntry(process),
    inputs: parameters(inputs, process.inputs, hidden),
    outputs: parameters(outputs, process.outputs, new Set()),
  };
}

/** What a WPS-T deploy answers. */
export function wpsTProcessSummary(process: Process, baseUrl: string): WpsTProcessSummary {
  return {
    id: process['process-id'],
    title: process.title,
    abstract: process.abstract,
    keywords: process.keywords.join(','),
    version: process.version,
    jobControlOptions: jobControlOptions(process),
    processDescriptionURL: `${baseUrl}/processes/${pathSegment(process.id)}`,
  };
}

/** The CWL document says which parameters there are; the deploy's declaration, where there is one, how they are called. */
function parameters(
  described: Readonly<Record<string, ParameterDescription>>,
  declared: readonly DeclaredParameter[],
  hidden: ReadonlySet<string>,
): readonly WpsTParameter[] {
  const declarations = new Map(declared.map((parameter) => [parameter.id, parameter]));
  return Object.entries(described)
    .filter(([id]) => !hidden.has(id) || declarations.has(id))
    .map(([id, { title, mediaType }]) => ({
      id,
      title: declarations.get(id)?.title ?? title,
      formats: declarations.get(id)?.formats ?? [{ mimeType: mediaType, default: true }],
    }));
}
