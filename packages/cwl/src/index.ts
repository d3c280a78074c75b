export { buildJobOrder } from './build-job-order.ts';
export { describeProcess, type ProcessSelection } from './describe-process.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { CwlProcess, JsonSchema, ParameterDescription } from './process-description.ts';
