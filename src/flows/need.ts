import { Refusal } from '../domain/errors.ts';

/** What an earlier question put into the draft; missing only in a draft that another version wrote. */
export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('draft-outdated', {});
  return value;
}
