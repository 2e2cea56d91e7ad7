import assert from 'node:assert/strict';
import { en } from '../../src/words/en.ts';
import { onOneLine } from '../../src/words/index.ts';
import { everyCard, realistic } from '../cards/every-card.ts';
import { sayingOf, summaryOf } from './card-summary.ts';

describe('what a history keeps of a card', () => {
  const cards = everyCard(realistic).map(({ by, about, card }) => ({ by, about, summary: summaryOf(card.content) }));
  const by = (name: string) => cards.filter((one) => one.by === name);

  it('tells how an order or a case stands, and tells nothing where no card of either is', () => {
    const states = (name: string) => by(name).map(({ summary }) => summary.tells?.state);
    const tellers = new Set(cards.filter(({ summary }) => summary.tells).map((one) => one.by));

    assert.deepEqual(new Set(states('orderCard')), new Set(['accepted', 'ordered', 'declined', 'needs_person']));
    assert.deepEqual(by('orderCard').find(({ about }) => about === 'ordered')?.summary.tells, {
      of: 'order',
      ids: ['number-1', 'number-2'],
      state: 'ordered',
      isNotice: false,
    });
    for (const { about, summary } of by('caseCard')) {
      const [state = ''] = about.split(' ');
      if (about in { 'handed over by hand': true, 'given up': true }) continue;
      assert.equal(summary.tells?.state, state);
      assert.match(summary.tells?.ids[0] ?? '', /^SD-/);
    }
    assert.deepEqual(new Set(states('caseNoticeCard')), new Set(['completed', 'refused', 'needs_person']));
    assert.ok(by('caseNoticeCard').every(({ summary }) => summary.tells?.isNotice));
    assert.ok(by('digestCard').every(({ summary }) => (summary.digest?.length ?? 0) > 0));
    assert.deepEqual([...tellers].sort(), [
      'caseCard',
      'caseNoticeCard',
      'followedCaseCard',
      'openCaseCard',
      'orderCard',
    ]);
  });

  it('says which cards show a secret', () => {
    for (const one of cards) assert.equal(one.summary.hasSecret, one.by === 'secretCard', `${one.by}: ${one.about}`);
  });

  it('tells a no from what is still being worked on', () => {
    const { common, refusals } = en;

    assert.deepEqual(sayingOf(common.stillWorking), { isWorking: true });
    assert.deepEqual(sayingOf(onOneLine(refusals['still-working']({}))), { isWorking: true });
    assert.deepEqual(sayingOf(onOneLine(refusals['other-content']({}))), { isRefused: true });
    assert.deepEqual(sayingOf(onOneLine(refusals['already-cancelled']({ order: '1a2b' }))), { isOver: true });
    const open = refusals['case-open']({ order: '1a2b', reference: 'SD-7K2M9Q' });
    assert.deepEqual(sayingOf(onOneLine(open)), { isOver: true });
    assert.deepEqual(sayingOf(common.continuesBelow), {});
  });

  it('has the buttons with what is behind them, and the money of those that decide', () => {
    const [review] = by('reviewPurchaseCard').filter(({ about, summary }) => summary.money || !about);
    const confirm = review?.summary.buttons.find(({ doing }) => doing === 'confirm');

    assert.match(confirm?.title ?? '', /^Confirm: buy/);
    assert.ok(confirm?.draft && confirm.submission && confirm.step);
    assert.match(confirm.title, new RegExp(`${review?.summary.money?.currency}$`));
    assert.equal(String(review?.summary.money?.minor), confirm.title.split(' for ')[1]?.replace(/\D/g, ''));
    assert.ok(by('reviewCaseCard').some(({ summary }) => summary.money));
  });
});
