import assert from 'node:assert/strict';
import { fingerprintOf } from '../../src/storage/fingerprint.ts';

describe('a fingerprint', () => {
  it('is the same for the same content in another order, at any depth', () => {
    const one = { a: 1, b: { c: [1, { d: 2, e: 3 }], f: undefined } };
    const other = { b: { c: [1, { e: 3, d: 2 }] }, a: 1 };

    assert.equal(fingerprintOf(one), fingerprintOf(other));
  });

  it('is the same for a date and its text, as the database returns it', () => {
    const at = new Date('2026-03-01T10:00:00.000Z');

    assert.equal(fingerprintOf({ at }), fingerprintOf({ at: at.toISOString() }));
  });

  it('differs in a value, in the order of a list, in nothing against null', () => {
    const prints = [{ a: [1, 2] }, { a: [2, 1] }, { a: [1, 3] }, { a: null }, {}].map(fingerprintOf);

    assert.equal(new Set(prints).size, prints.length);
  });
});
