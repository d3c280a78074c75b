import { DaybookError } from '@daybook/errors';
import type { JsonObject } from './json.ts';
import type { CwlProcess } from './process-description.ts';

/** Which process of a document is meant. */
export interface ProcessSelection {
  /** Id in `$graph`, with or without `#`. Default: `main`, else the only process. */
  readonly workflow?: string;
}

/**
 * Describes a packed CWL document. Throws `invalid-argument` where it is no CWL v1.0–v1.2 process, `not-found` where it has no such workflow,
 * `unsupported` for a process that cannot be run (`Operation`).
 */
export function describeProcess(document: JsonObject, selection: ProcessSelection = {}): CwlProcess {
  throw new DaybookError('unsupported', `${Object.keys(document).length} ${selection.workflow ?? 'main'}`);
}
