import { connect } from 'node:net';

const READ_BYTES = 64 * 1024;

/** One HTTP/1.1 connection that is kept alive: the cheapest client there is, so that a benchmark measures the server. */
export class HttpConnection {
  #url;
  #socket;
  /** What has come of an answer that is not whole yet. */
  #received = [];
  #receivedBytes = 0;
  /** 0 until its header is whole. */
  #endOfAnswer = 0;
  #waiting;
  /** Requests of one kind have the same object of headers, so that it is written out once. */
  #headers;
  #headerLines;

  constructor(url) {
    this.#url = new URL(url);
  }

  /** Sends a POST to the root and gives the answer's text. One at a time. */
  post(headers, body) {
    return this.request('POST', '/', headers, body);
  }

  /** Sends a request and gives the text of an answer of 200 or 201; any other is an error. One at a time. */
  request(method, path, headers = NO_HEADERS, body = '') {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket ??= this.#open();
      this.#socket.write(
        `${method} ${path}${this.#linesOf(headers)}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close() {
    this.#socket?.destroy();
  }

  #linesOf(headers) {
    if (headers !== this.#headers) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      this.#headerLines = ` HTTP/1.1\r\nhost: ${this.#url.host}\r\n${lines.join('')}`;
      this.#headers = headers;
    }
    return this.#headerLines;
  }

  #open() {
    // One buffer for all that comes spares the stream and an allocation for each answer.
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    const callback = (bytes) => {
      this.#take(buffer.subarray(0, bytes));
      return true;
    };
    const socket = connect({
      port: Number(this.#url.port),
      host: this.#url.hostname,
      noDelay: true,
      onread: { buffer, callback },
    });
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the connection was closed')));
    return socket;
  }

  #take(bytes) {
    let received = bytes;
    if (this.#received.length > 0) {
      this.#keep(bytes);
      if (this.#receivedBytes < this.#endOfAnswer) return;
      received = Buffer.concat(this.#received);
    }
    const headerEnd = received.indexOf('\r\n\r\n');
    const head = headerEnd < 0 ? '' : received.latin1Slice(0, headerEnd);
    const end = headerEnd < 0 ? 0 : headerEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)[1]);
    if (headerEnd < 0 || received.length < end) {
      this.#endOfAnswer = end;
      if (received === bytes) this.#keep(bytes);
      return;
    }
    this.#forget();
    const body = received.utf8Slice(headerEnd + 4, end);
    if (/\r\nconnection: *close/i.test(head)) {
      this.#socket.removeAllListeners('close').destroy();
      this.#socket = undefined;
    }
    const { resolve, reject } = this.#waiting;
    this.#waiting = undefined;
    if (/^HTTP\/1\.[01] 20[01]\b/.test(head)) resolve(body);
    else reject(new Error(`${head.slice(0, head.indexOf('\r'))} ${body}`));
  }

  #end(error) {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
    this.#socket = undefined;
    this.#forget();
  }

  #keep(bytes) {
    this.#received.push(Buffer.from(bytes));
    this.#receivedBytes += bytes.length;
  }

  #forget() {
    if (this.#received.length > 0) this.#received = [];
    this.#receivedBytes = 0;
  }
}

const NO_HEADERS = {};
