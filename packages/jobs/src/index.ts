export {
  dismissal,
  type Mint,
  presumedFailure,
  type RunVerdict,
  type StatusUpdate,
  type Submission,
  statusUpdate,
  submission,
  verdict,
  verdictByReference,
} from './build-update.ts';
export { claim, queued } from './claim.ts';
export { errorClass } from './error-class.ts';
export { fold } from './fold.ts';
export { inputsHash } from './inputs-hash.ts';
export { parseInstant } from './instant.ts';
export { type JobDocument, OWNED_FIELDS } from './job-document.ts';
export { isJobId, JOB_ID_RULE, newJobId } from './job-id.ts';
export { buildJobRequest, type JobRequest, parseJobRequest } from './job-request.ts';
export { type FinalStatus, finalState, type JobState, type SystemStatus } from './job-status.ts';
export {
  isVerdictUpdate,
  type JobUpdate,
  type UpdateKind,
  type VerdictKind,
  type VerdictUpdate,
} from './job-update.ts';
export { join } from './join.ts';
export { canonicalJson, isEmptyValue, isJsonObject, type Json, type JsonObject } from './json.ts';
export { type LabelChange, labelChange } from './label-change.ts';
export { emptyState, type MergeState, type Register, type Verdict, type VerdictClass } from './merge-state.ts';
export { parseJobUpdate, type QueueRecord } from './parse-job-update.ts';
export { type MessageOrigin, type ParsedUpdate, parseMessage } from './parse-message.ts';
export { searchableValues } from './searchable-values.ts';
export { redeemSecrets } from './secrets/redeem-secrets.ts';
export { type SecretPlace, seal, unseal } from './secrets/seal.ts';
export { SECRET_SHOWN, type SealedInputs, sealInputs } from './secrets/seal-inputs.ts';
export { newSecretKeys, parseSecretKeys, type SecretKeys } from './secrets/secret-keys.ts';
export { stateOf } from './state-of.ts';
export { toDocument } from './to-document.ts';
export { verdictAttempt } from './verdict-attempt.ts';
