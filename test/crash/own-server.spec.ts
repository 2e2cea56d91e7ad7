import assert from 'node:assert/strict';
import { type Cluster, canStartCluster, startCluster } from '../support/cluster.ts';
import type { Conversation } from '../support/conversation.ts';
import { freshDatabase } from '../support/databases.ts';
import { newOrders, untilCard } from '../support/purchase-steps.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import { playOn } from './wrong-outside.ts';

const patienceMs = 60_000;

describe('while the database server fails by itself (a PostgreSQL of its own)', () => {
  let cluster: Cluster | undefined;
  const { prepare, allInTime, isReady, played } = playOn(async (context) => {
    if (!(await canStartCluster())) skip(context, 'needs a PostgreSQL in /usr/lib/postgresql');
    cluster = await startCluster();
    return freshDatabase(cluster.url);
  });
  after(() => cluster?.stop());

  /** As people do where a card says that something went wrong: they press again. */
  async function pressUntilOrdered(talk: Conversation, review: ReturnType<Conversation['card']>): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    const hasOrdered = () =>
      untilCard(played().world, talk, /Ordered: 2 ×/, 4_000).then(
        () => true,
        () => performance.now() > giveUpAt,
      );
    while (!(await hasOrdered())) await talk.presses('Confirm', {}, review);
    await untilCard(played().world, talk, /Ordered: 2 ×/, 1);
  }

  it('it crashes in the middle and is started again: answers in time, and places one order', async () => {
    const { world } = played();
    const { talk, activities } = await prepare();
    const review = talk.card();
    const before = (await world.state('orders')).orders;

    await Promise.all([cluster?.restart(), allInTime(activities)]);

    await waitUntil(isReady, 'ready again', patienceMs);
    await pressUntilOrdered(talk, review);
    assert.equal((await newOrders(world, before)).length, 1);
  });

  it('its disk is full: answers in time, and places one order when there is room', async function () {
    const { world } = played();
    const { disk } = cluster ?? {};
    if (!disk) skip(this, 'needs root, to mount a file system of its own');
    const { talk, activities } = await prepare();
    const review = talk.card();
    const before = (await world.state('orders')).orders;
    await disk.fill();

    await allInTime(activities).finally(disk.free);

    await waitUntil(isReady, 'ready again', patienceMs);
    await pressUntilOrdered(talk, review);
    assert.equal((await newOrders(world, before)).length, 1);
  });
});
