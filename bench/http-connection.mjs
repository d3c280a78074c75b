import { connect } from 'node:net';

/** One HTTP/1.1 connection that is kept alive: the cheapest client there is, so that a benchmark measures the server. */
export class HttpConnection {
  #url;
  #socket;
  #received = '';
  #waiting;

  constructor(url) {
    this.#url = new URL(url);
  }

  /** Sends a POST to the root and gives the answer's text. One at a time. */
  post(headers, body) {
    return this.request('POST', '/', headers, body);
  }

  /** Sends a request and gives the text of an answer of 200 or 201; any other is an error. One at a time. */
  request(method, path, headers = {}, body = '') {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket ??= this.#open();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: ${this.#url.host}\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close() {
    this.#socket?.destroy();
  }

  #open() {
    const socket = connect(Number(this.#url.port), this.#url.hostname).setNoDelay();
    // Every character is one byte this way, as the content's length counts them.
    socket.setEncoding('latin1');
    socket.on('data', (text) => this.#take(text));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the connection was closed')));
    return socket;
  }

  #take(text) {
    this.#received += text;
    const headerEnd = this.#received.indexOf('\r\n\r\n');
    if (headerEnd < 0) return;
    const head = this.#received.slice(0, headerEnd);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)[1]);
    if (this.#received.length < headerEnd + 4 + length) return;
    const body = Buffer.from(this.#received.slice(headerEnd + 4), 'latin1').toString();
    this.#received = '';
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
    this.#received = '';
  }
}
