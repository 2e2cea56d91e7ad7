import { inspect } from 'node:util';

/**
 * A value that must not be written down: a product key, a download link, a token. It prints as `[secret]` in
 * strings, JSON and the inspector; only `reveal()` gives it, in the one place that sends it out.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
