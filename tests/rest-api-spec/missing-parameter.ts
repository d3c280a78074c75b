/** A call that a client refuses to send; a test expects it with `catch: param`. */
export class MissingParameter extends Error {}
