import { messageCard } from '../cards/message.ts';
import { notRemindedCard, reminderDecidedCard } from '../cards/reminder.ts';
import { eligibilityOf } from '../domain/cancellations/eligibility.ts';
import { Refusal } from '../domain/errors.ts';
import { decideReminder } from '../domain/notices/decide-reminder.ts';
import { lastReminderAt } from '../domain/notices/reminder-hours.ts';
import { readDetails } from '../words/details.ts';
import { done, flow, start } from './engine/flow.ts';
import { findKnownOrder } from './known-order.ts';

/**
 *   staff   remind 1a2b3c4d5e6f
 *   bot     I will remind you here before the window closes on …
 *
 *   bot     (before it closes) Order 1a2b3c4d5e6f can be cancelled only until …
 *   staff   Keep it           (which is `remind keep 1a2b3c4d5e6f`; *Last day* is `remind last …`)
 *   bot     Ada Nowak keeps order 1a2b3c4d5e6f of Contoso: no more reminders.
 *
 * Without an order number the customer's orders are listed, each with its own *Remind me*.
 */
export const remind = flow({
  name: 'remind',
  right: 'look',
  async begin({ world, facts, words, who, place, context, isPrivate }, args) {
    const [, decided, orderNumber = ''] = args.match(/^(keep|last) (\w+)$/i) ?? [];
    if (decided) {
      const choice = decided.toLowerCase() === 'keep' ? 'keep' : 'last-day';
      const decision = await decideReminder(world, who, orderNumber, choice);
      if (!decision) return done(notRemindedCard(context, orderNumber));
      return done(reminderDecidedCard(context, decision, lastReminderAt(world.policy.reminderHours, decision)));
    }
    const { number, isMine } = readDetails(args);
    // Whose order it is about is not said: it is most likely about one of the person's own.
    if (isMine || args === '') return start('mine', 'remind');
    if (!number) return start('orders', args);
    const { customer, order } = await findKnownOrder(facts, number);
    const { window, isInWindow, unread } = await eligibilityOf(facts, { customer, order });
    if (!window) {
      const { notSet, noWindow } = words.reminders;
      return done(
        messageCard({ ...context, draft: undefined }, { title: notSet(order.number), lines: [noWindow(order.number)] }),
      );
    }
    if (!isInWindow) throw new Refusal('window-closed', { order: order.number, closedAt: window.closesAt });
    await world.reminders.put({
      customerId: customer.id,
      customerName: customer.name,
      orderId: order.id,
      orderNumber: order.number,
      personId: who.id,
      placeId: place.id,
      isPrivate,
      closesAt: window.closesAt,
      askedAt: world.clock.now(),
    });
    return done(
      messageCard(
        { ...context, draft: undefined },
        {
          title: words.reminders.set(order.number),
          lines: [words.reminders.setText(window.closesAt, context.timeZone)],
          notes: unread.includes('offer') ? [words.cancel.unread.offer] : [],
        },
      ),
    );
  },
  questions: {},
});
