import type { PackRequest } from '@daybook/cwltool';
import type { DeclaredParameter, DeployedForm, ProcessPackage } from './process-record.ts';

/** What a deploy request asks for, in whichever form it came. */
export interface DeployCommand {
  readonly form: DeployedForm;
  /** Undefined: taken from the CWL document. */
  readonly processId: string | undefined;
  readonly version: string | undefined;
  /** Whether the process is called `<process-id>:<version>`, and not by its id alone. */
  readonly namesVersion: boolean;
  readonly title: string | undefined;
  readonly abstract: string | undefined;
  readonly keywords: readonly string[];
  readonly source: PackRequest['source'];
  /** Which process of a document with several; undefined: its main or only one. */
  readonly workflow: string | undefined;
  /** Href of the first execution unit. */
  readonly executionUnit: string;
  readonly immediateDeployment: boolean;
  readonly jobControlOptions: readonly string[];
  readonly outputTransmission: readonly string[];
  readonly inputs: readonly DeclaredParameter[];
  readonly outputs: readonly DeclaredParameter[];
  readonly package: ProcessPackage;
}
