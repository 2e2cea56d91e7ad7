import assert from 'node:assert/strict';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import type { FreshDatabase } from '../support/databases.ts';
import type { groupsEnv } from '../support/people.ts';
import { newOrders, toReview } from '../support/purchase-steps.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { startWorld, type World } from './world.ts';

/** Every activity has its answer within this time, whatever is wrong. */
const deadlineMs = 3_000;
const canConfirm = ({ buttons }: CardView): boolean => buttons.some((title) => title.startsWith('Confirm'));

/** What Partner Center does to the next calls. */
export const outsides = {
  hangs: { delayMs: 6_000, times: 200 },
  'answers 503': { status: 503, times: 60 },
  'cuts connections': { dropBeforeWork: true, times: 60 },
  'loses its answers': { dropAfterWork: true, times: 60 },
} as const;

interface Played {
  readonly world: World;
  /** Between the product and its database on a server. */
  readonly proxy: TcpProxy;
}

/** What each of them needs: a product with its outside, on the database that is made for it (or the suite is left out). */
export function playOn(
  makeDatabase: (context: Mocha.Context) => Promise<FreshDatabase>,
  directory?: ReturnType<typeof groupsEnv>,
) {
  let world: World;
  let proxy: TcpProxy | undefined;
  before(async function () {
    this.timeout(60_000);
    world = await startWorld({ database: await makeDatabase(this), ...(directory && { groups: directory.groups }) });
    const { databaseUrl } = world.database;
    proxy = databaseUrl === undefined ? undefined : await startTcpProxy(databaseUrl);
    await world.start('a', { DATABASE_URL: proxy?.url, LOG_LEVEL: 'debug', ...directory?.env });
  });
  after(async () => {
    await world?.stop();
    await proxy?.close();
  });
  afterEach(async () => {
    await world.clearFaults();
    proxy?.goOn();
  });

  /** Posts it, and tells how long the answer took. */
  async function answerTimes(activities: readonly object[]): Promise<number[]> {
    return Promise.all(
      activities.map(async (activity) => {
        const begunAt = performance.now();
        const response = await fetch(`${world.process('a').url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(activity),
        });
        assert.equal(response.status, 200);
        await response.text();
        return performance.now() - begunAt;
      }),
    );
  }

  async function allInTime(activities: readonly object[]): Promise<void> {
    const times = await answerTimes(activities);
    assert.ok(Math.max(...times) < deadlineMs, `answered after ${times.map(Math.round)} ms`);
  }

  const ready = async () => {
    const response = await fetch(`${world.process('a').url}/readyz`);
    return { status: response.status, ...((await response.json()) as { problems?: string[]; warnings?: string[] }) };
  };
  const isReady = async () => (await ready()).status === 200;

  /** A review, to be confirmed, with words and a search of other people at the same time. */
  async function prepare(): Promise<{ talk: Conversation; activities: object[] }> {
    const talk = world.in('channel', 'ada', 'a');
    await toReview(talk);
    const others = [world.in('personal', 'ada', 'a'), world.in('channel', 'bert', 'a'), world.in('group', 'ada', 'a')];
    const words = ['buy contoso', 'software contoso', 'cases', 'help'];
    const spoken = others.flatMap((other) => words.map((text) => other.words(text)));
    return { talk, activities: [talk.press('Confirm'), ...spoken] };
  }

  /** What had not been submitted yet when it failed is asked again on the same card. */
  async function untilOrdered(talk: Conversation): Promise<CardView> {
    for (;;) {
      const settled = await world.connector.until(
        () => {
          const { view } = talk.card();
          return (canConfirm(view) || /Ordered: 2 ×/.test(view.text)) && view;
        },
        () => `the order, or its question; the card says: ${talk.card().view.text}`,
        60_000,
      );
      if (!canConfirm(settled)) return settled;
      await talk.presses('Confirm');
    }
  }

  function whilePartnerCenter(what: keyof typeof outsides): void {
    it(`Partner Center ${what}: answers in time, and the same card shows the end`, async () => {
      const { talk, activities } = await prepare();
      const { message } = talk.card();
      const before = (await world.state('orders')).orders;
      await world.fault(outsides[what]);

      await allInTime(activities);
      assert.equal((await ready()).status, 200);
      await world.clearFaults();

      await untilOrdered(talk);
      assert.equal(talk.card().message.id, message.id);
      assert.equal((await newOrders(world, before)).length, 1);
    });
  }

  return {
    ...{ prepare, allInTime, ready, isReady, untilOrdered, whilePartnerCenter },
    played: (): Played => ({ world, proxy: proxy ?? assert.fail('no server') }),
    world: () => world,
  };
}
