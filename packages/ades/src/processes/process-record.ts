import type { JsonObject } from '@daybook/cwl';
import type { ProcessDocument } from '@daybook/jobs-database';

/** The form in which a process was deployed; it decides the form of its deletion and the spelling of its keywords. */
export type DeployedForm = 'wps-t' | 'ogc';

/** A parameter as a WPS-T deploy body declared it; the CWL document is the truth about what the process takes. */
export interface DeclaredParameter {
  readonly id: string;
  readonly title?: string;
  readonly formats?: readonly JsonObject[];
}

/** What a process was deployed with, kept as it came. */
export interface ProcessPackage {
  readonly mediaType: string;
  readonly body: string;
}

/** What descriptions and lists say of any process. */
export interface DescribedProcess {
  /** What stands in URLs and in a job's `process-id`: `<process-id>:<version>`, or `process-id` alone. */
  readonly id: string;
  readonly 'process-id': string;
  readonly version: string;
  readonly form: DeployedForm;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: readonly string[];
  /** URL of the CWL document; empty where it came in the deploy body. */
  readonly 'ows-context-url': string;
  /** Href of the first execution unit; empty where there is none. */
  readonly 'execution-unit': string;
  readonly 'immediate-deployment': boolean;
  /** Of `async-execute`, `sync-execute`, `dismiss`; absent: both ways of execution. */
  readonly 'job-control-options'?: readonly string[];
  readonly 'output-transmission': readonly string[];
  readonly inputs: readonly DeclaredParameter[];
  readonly outputs: readonly DeclaredParameter[];
}

/** A document of the index `processes`, as the ADES writes it (PROCESS-RECORD.md). */
export interface ProcessRecord extends ProcessDocument, DescribedProcess {
  readonly id: string;
  /** The packed document: what workers run. */
  readonly cwl: JsonObject;
  readonly 'deploy-time': string;
  readonly package: ProcessPackage;
}
