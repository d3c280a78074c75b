export type { Cwltool, CwltoolHealth, CwltoolRun } from './cwltool.ts';
export type { CwltoolLog } from './cwltool-log.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { type CwltoolOptions, openCwltool } from './open-cwltool.ts';
export {
  type FetchPolicy,
  type PackedDocument,
  type PackRequest,
  type ToolReplacement,
  UPDATE_JOB_REPLACEMENTS,
} from './pack-request.ts';
export { isPublicAddress } from './public-address.ts';
export type {
  CwltoolJob,
  ProcessLimits,
  RunEvent,
  RunFailure,
  RunResult,
  RunSandbox,
  RunUsage,
  StepStatus,
  StopReason,
  ToolUsage,
} from './run.ts';
export { runLogPath, type ToolStream, toolLogPath } from './run-logs.ts';
