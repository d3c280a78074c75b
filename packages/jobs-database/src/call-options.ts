/** How a call ends early. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}
