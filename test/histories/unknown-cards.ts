import { viewOf } from '../support/card-view.ts';
import { startConversation } from '../support/conversation.ts';
import type { Who } from '../support/people.ts';
import { summaryOf } from './card-summary.ts';
import { isDeciding } from './history-index.ts';
import type { Plan } from './people.ts';
import type { Product } from './product.ts';

const everybody: readonly Who[] = ['ada', 'bert', 'gert', 'sara'];

/** How often a press is repeated that meets a fault which is still planned. */
const tries = 3;

/**
 * Cards whose id Teams kept to itself, as its answer was lost: the bot cannot edit them before somebody presses them. They are
 * pressed now, on *Discard*, by whoever has been there. False where there were none.
 */
export async function pressUnknownCards(product: Product, number: number, { scenes }: Plan): Promise<boolean> {
  const never = () => Promise.reject(new Error('activities are delivered by hand'));
  let hasPressed = false;
  for (const { where, who } of scenes) {
    const talk = startConversation({ connector: product.connector, post: never }, number, where, who);
    const people = where === 'personal' ? [who] : [who, ...everybody.filter((one) => one !== who)];
    const isLeft = (id: string): boolean => leftIn(product, talk.place).some((one) => one.id === id);
    for (const { id, card } of leftIn(product, talk.place)) {
      for (const one of Array.from({ length: tries }, () => people).flat()) {
        if (!isLeft(id)) break;
        const press = talk.as(one).press('Discard', {}, { message: { id }, view: viewOf(card) });
        await product.deliver(press, product.processes[0] ?? '');
        hasPressed = true;
      }
    }
  }
  return hasPressed;
}

function leftIn({ connector, recorder }: Product, place: string) {
  return connector.messages(place).flatMap(({ id, card, isDeleted }) => {
    if (!card || isDeleted || !recorder.unknown.has(id)) return [];
    const { buttons } = summaryOf(card);
    const canBeDiscarded = buttons.some(({ doing }) => doing === 'discard');
    return canBeDiscarded && buttons.some(({ doing }) => isDeciding(doing)) ? [{ id, card }] : [];
  });
}
