import assert from 'node:assert/strict';
import { OutsideError } from '../../src/domain/errors.ts';
import { narrowAudit } from '../../src/flows/narrow-audit.ts';
import { aCustomer } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';

describe('what the audit log is asked for', () => {
  const names = [
    'Par Aviation',
    'Stand By Me Ltd',
    'Keys Ltd',
    'Role Models',
    'Shelby Adams',
    'Énergie Par Tous',
    'Contoso',
  ];
  function started() {
    const world = createFakeWorld();
    const named = (name: string, index: number) => aCustomer({ id: `c-${index}`, name, domain: `c${index}.example` });
    world.partnerCenter.customers.splice(0, 100, ...names.map(named));
    return world;
  }
  const world = started();

  for (const [text, wanted] of [
    ['par aviation', { text: 'par aviation' }],
    ['Stand By Me', { text: 'Stand By Me' }],
    ['keys ltd', { text: 'keys ltd' }],
    ['Role Models', { text: 'Role Models' }],
    ['energie par tous', { text: 'energie par tous' }],
    ['Stand By Me Ltd by Ada Nowak', { text: 'Stand By Me Ltd', person: 'Ada Nowak' }],
    ['keys Stand By Me', { text: 'Stand By Me', subject: 'keys' }],
    ['keys Stand By Me by Ada', { text: 'Stand By Me', subject: 'keys', person: 'Ada' }],
    ['Keys Ltd by Ada', { text: 'Keys Ltd', person: 'Ada' }],
    ['keys', { text: '', subject: 'keys' }],
    ['keys by Ada', { text: '', subject: 'keys', person: 'Ada' }],
    ['by ada', { text: '', person: 'ada' }],
    ['keys contoso by Ada Nowak', { text: 'contoso', subject: 'keys', person: 'Ada Nowak' }],
    ['keys 1a2b3c4d5e6f by Ada', { text: '1a2b3c4d5e6f', subject: 'keys', person: 'Ada' }],
  ] as const)
    it(`is read by the customers there are: ${text}`, async () =>
      assert.deepEqual(await narrowAudit({ facts: world }, text), wanted));

  it('is read without them where Partner Center cannot be asked', async () => {
    const alone = started();
    alone.customers.search = () =>
      Promise.reject(new OutsideError({ service: 'Partner Center', operation: 'listCustomers', kind: 'unreachable' }));

    assert.deepEqual(await narrowAudit({ facts: alone }, 'keys by Ada'), { text: '', subject: 'keys', person: 'Ada' });
  });
});
