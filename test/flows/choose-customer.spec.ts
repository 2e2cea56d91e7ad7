import assert from 'node:assert/strict';
import type { Customer } from '../../src/domain/customers/customer.ts';
import { customerNamed } from '../../src/flows/choose-customer.ts';
import { aCustomer } from '../support/fakes/samples.ts';
import { createFakeWorld } from '../support/fakes/world.ts';

/** A partner with too many customers to look inside every name. */
function worldOf(found: readonly Customer[]) {
  const world = createFakeWorld();
  return { ...world, customers: { ...world.customers, search: async () => ({ found: [...found], more: true }) } };
}

describe('a customer named among too many', () => {
  const one = aCustomer();

  it('is picked by the person where others may contain the text too', async () => {
    assert.deepEqual(await customerNamed(worldOf([one]), one.name.slice(1)), { search: one.name.slice(1) });
  });

  it('is that customer where the name is typed in full', async () => {
    const world = worldOf([one]);

    assert.deepEqual(
      await customerNamed({ ...world, customers: { ...world.customers, find: async () => one } }, one.name),
      { customer: one },
    );
  });

  it('is not called unknown without saying that not all were looked at', async () => {
    await assert.rejects(customerNamed(worldOf([]), 'nobody'), {
      code: 'customer-unknown',
      facts: { text: 'nobody', suggestions: [], more: true },
    });
  });
});
