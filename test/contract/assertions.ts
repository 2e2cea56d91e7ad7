import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { OutsideError } from '../../src/domain/errors.ts';

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
