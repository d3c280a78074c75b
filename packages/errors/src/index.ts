export { codeOfStatus } from './code-of-status.ts';
export { DaybookError, type ErrorDetail, isDaybookError } from './daybook-error.ts';
export type { ErrorCode } from './error-code.ts';
