export { DaybookError, type ErrorDetail, isDaybookError } from './daybook-error.ts';
export type { ErrorCode } from './error-code.ts';
