export { buildJobOrder, compileJobOrder } from './build-job-order.ts';
export type { ProcessSelection } from './cwl-document.ts';
export { describeProcess } from './describe-process.ts';
export { renderGraph } from './graph/render-graph.ts';
export type { JsonObject, JsonValue } from './json.ts';
export type { CwlProcess, JsonSchema, ParameterDescription } from './process-description.ts';
export { declareSecrets, matchesPattern, secretInputs } from './secret-inputs.ts';
