import { readFileSync } from 'node:fs';
import { type Activity, readActivity } from '../../src/teams/inbound/activity.ts';

export const staffTenantId = '3f6c1a52-8d0b-4f7e-9c21-5ab0e4d7c110';
export const adaId = '6a1d2f80-4c3b-4e57-9f02-b7e8c5d41a01';

type Fields = Record<string, unknown>;

/** A captured activity as it came over the wire, with some fields changed; `undefined` takes one away. */
export function rawActivity(name: string, changes: Fields = {}): Fields {
  const text = readFileSync(new URL(`../fixtures/activities/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(JSON.stringify({ ...(JSON.parse(text) as Fields), ...changes }));
}

export function activity(name: string, changes: Fields = {}): Activity {
  const read = readActivity(rawActivity(name, changes));
  if (!read) throw new Error(`${name} is no activity`);
  return read;
}
