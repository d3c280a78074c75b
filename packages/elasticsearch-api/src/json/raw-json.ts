/** JSON text that stands in an answer as it is, such as a stored source: it is neither parsed nor written again. */
export class RawJson {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('utf8');
  }

  parse(): unknown {
    return JSON.parse(this.text());
  }
}
