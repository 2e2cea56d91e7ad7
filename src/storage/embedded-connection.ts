import { Duplex } from 'node:stream';

/** What the thread of the embedded database is started with. */
export interface ThreadData {
  /** The folder of its files; made on the first start. */
  readonly files: string;
}

/** Bytes of PostgreSQL's protocol, with the number of the connection they belong to. */
interface Bytes {
  readonly connection: number;
  readonly bytes: Uint8Array;
}

export type ToThread = Bytes | 'close';
export type FromThread = Bytes | 'open';

/**
 * What `pg` takes for its socket to the server: whole messages go to the thread, answers come back. What is written in
 * one go is sent in one go, so a transaction whose statements are known beforehand is one way there and one back.
 */
export class EmbeddedConnection extends Duplex {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #onClose: () => void;
  #written: Buffer[] = [];

  constructor(send: (bytes: Uint8Array) => void, onClose: () => void) {
    super();
    this.#send = send;
    this.#onClose = onClose;
  }

  /** An answer of the database. */
  receive(bytes: Uint8Array): void {
    if (bytes.length > 0 && !this.writableEnded && !this.destroyed) this.push(bytes);
  }

  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.#written.push(chunk) === 1) process.nextTick(() => this.#flush());
    done();
  }

  override _final(done: () => void): void {
    this.#flush();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#flush();
    this.#onClose();
    done(error);
  }

  #flush(): void {
    const written = this.#written;
    this.#written = [];
    if (written.length > 0) this.#send(joinBytes(written));
  }

  // `pg` asks these of a socket; between two threads they mean nothing.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}
}

/** In memory of their own: what is sent to another thread takes all the memory with it that it is a part of. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
