import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { createFavourites } from '../../src/storage/favourites.ts';
import { readableLog } from '../teams/parts.ts';

describe('what is worked with most', () => {
  it('has what happened while it was read', async () => {
    const { promise: answer, resolve } = Promise.withResolvers<{ rows: object[] }>();
    const row = { person_id: 'p-1', customer_id: 'c-1', customer_name: 'Contoso', first: null, further: null };
    const favourites = createFavourites({ query: () => answer } as unknown as Pool, readableLog().log);
    const named = () => favourites.customers('p-1').map(({ name }) => name);

    const reading = favourites.load();
    favourites.note({ personId: 'p-1', customer: { id: 'c-2', name: 'Fabrikam' }, items: [] });
    assert.deepEqual(named(), ['Fabrikam']);
    resolve({ rows: [row] });
    await reading;

    assert.deepEqual(named().toSorted(), ['Contoso', 'Fabrikam']);
  });
});
