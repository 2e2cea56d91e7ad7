import type { Call } from './call.ts';

/** The etag a change was based on, without its quotes. */
export function ifMatch(call: Call): string | undefined {
  return call.headers['if-match']?.replace(/^W\//, '').replaceAll('"', '');
}
