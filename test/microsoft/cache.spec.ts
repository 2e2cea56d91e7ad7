import assert from 'node:assert/strict';
import { createCache } from '../../src/microsoft/cache.ts';

/** A cache of two things for a minute, that counts what it loads; the time is set by hand. */
function startCache() {
  let now = Date.parse('2026-03-01T12:00:00Z');
  const loads: string[] = [];
  const timer = { now: () => now, pause: async () => undefined };
  const cache = createCache<string | undefined>({
    timer,
    size: 2,
    keepMs: (value) => (value === undefined ? 10_000 : 60_000),
  });
  const load = (key: string, value: () => string | undefined = () => key) =>
    cache.get(key, async () => {
      loads.push(key);
      return value();
    });
  const advance = (ms: number) => {
    now += ms;
  };
  return { cache, load, loads, advance };
}

describe('the cache', () => {
  it('remembers for as long as the value is good, and no longer', async () => {
    const { load, loads, advance } = startCache();

    await load('a');
    advance(59_999);
    assert.equal(await load('a'), 'a');
    assert.deepEqual(loads, ['a']);

    advance(2);
    await load('a');
    assert.deepEqual(loads, ['a', 'a']);
  });

  it('remembers that there is nothing, for as long as that is good', async () => {
    const { load, loads, advance } = startCache();
    const nothing = () => load('a', () => undefined);

    await nothing();
    advance(9_000);
    assert.equal(await nothing(), undefined);
    advance(2_000);
    await nothing();

    assert.equal(loads.length, 2);
  });

  it('loads once for all who ask at the same time', async () => {
    const { load, loads } = startCache();

    assert.deepEqual(await Promise.all([load('a'), load('a'), load('a')]), ['a', 'a', 'a']);
    assert.equal(loads.length, 1);
  });

  it('forgets a load that failed', async () => {
    const { cache, load } = startCache();

    await assert.rejects(
      cache.get('a', () => Promise.reject(new Error('away'))),
      /away/,
    );
    assert.equal(await load('a'), 'a');
  });

  it('lets go of what was not used for the longest time', async () => {
    const { load, loads } = startCache();

    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await load(key);

    assert.deepEqual(loads, ['a', 'b', 'c', 'b']);
  });

  it('gives an answer to those who wait for it, though it was pushed out meanwhile', async () => {
    const { cache, load } = startCache();
    const { promise, resolve } = Promise.withResolvers<string>();
    const waiting = cache.get('slow', () => promise);

    await load('a');
    await load('b');
    resolve('came');

    assert.equal(await waiting, 'came');
  });

  it('loads again what is to be new, and remembers that', async () => {
    const { cache, load } = startCache();
    await load('a');

    assert.equal(await cache.renew('a', async () => 'newer'), 'newer');
    assert.equal(await load('a'), 'newer');
  });
});
