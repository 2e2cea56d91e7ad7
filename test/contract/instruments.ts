import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { OutsideError } from '../../src/domain/errors.ts';
import type { Timer } from '../../src/microsoft/timer.ts';
import type { PartnerCenterOptions } from '../../src/partner-center/index.ts';

/** Time that passes only while somebody pauses: pauses take none. Clients of one server do not share it. */
export interface QuickTimer extends Timer {
  readonly pauses: readonly number[];
}

export function quickTimer(): QuickTimer {
  let now = Date.now();
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    async pause(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}

export interface LogLine {
  readonly level: string;
  readonly facts: object;
  readonly text: string;
}

export function logBook(): { readonly lines: readonly LogLine[]; readonly log: PartnerCenterOptions['log'] } {
  const lines: LogLine[] = [];
  const write = (level: string) => (facts: object, text: string) => void lines.push({ level, facts, text });
  return { lines, log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}

/** The refusal that the call must end in; fails when it ends well, in another error, or with other facts. */
export async function refusalOf(call: Promise<unknown>, facts: Partial<OutsideError>): Promise<OutsideError> {
  const error = await call.then(
    (value) => assert.fail(`it ended well: ${inspect(value)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof OutsideError, inspect(error));
  for (const [name, expected] of Object.entries(facts)) {
    assert.deepEqual(error[name as keyof OutsideError], expected, `${name} of ${inspect(error)}`);
  }
  return error;
}

/** The one that is there; fails with `what` otherwise. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) assert.fail(`there is no ${what}`);
  return value;
}
