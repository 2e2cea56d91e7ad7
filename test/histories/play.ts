import { randomUUID } from 'node:crypto';
import { viewOf } from '../support/card-view.ts';
import {
  type Activity,
  type Conversation,
  type Shown,
  startConversation,
  type Values,
} from '../support/conversation.ts';
import type { Message } from '../support/stub-connector.ts';
import type { Act, Plan, Scene, Step } from './people.ts';
import type { Product } from './product.ts';

/** A conversation that did not get as far as it was meant to, and where it stopped. */
export class GaveUp extends Error {}

/** How long somebody looks for what a card should have. */
const patienceMs = 12_000;

const title = 'Windows Server 2022 Standard';

const reason = 'The customer ordered the wrong edition.';

/** Plays all scenes of the plan at the same time, as the conversations with this number. Gives what stopped. */
export async function play(product: Product, number: number, { scenes, scheduler }: Plan): Promise<GaveUp[]> {
  /** Lets the scheduler say whose delivery goes out next. */
  const turnOf = async (label: string): Promise<void> => scheduler.schedule(Promise.resolve(), label);
  const stopped: GaveUp[] = [];
  const all = scenes.map((scene) =>
    playScene(product, number, scene, turnOf).catch((error: unknown) => {
      if (!(error instanceof GaveUp)) throw error;
      stopped.push(error);
    }),
  );
  await scheduler.waitFor(Promise.all(all));
  return stopped;
}

/** Each process has been asked for everything once: what comes first takes longer. */
export async function warmUp(product: Product, number: number): Promise<void> {
  const never = () => Promise.reject(new Error('activities are delivered by hand'));
  for (const process of product.processes) {
    const talk = startConversation({ connector: product.connector, post: never }, number, 'group', 'ada');
    const before = product.connector.messages(talk.place).length;
    await product.deliver(talk.words(`buy 1 windows server 2022 standard 16 core for ${product.domainOf(1)}`), process);
    const isReview = ({ card }: Message): boolean => card !== undefined && /Please check/.test(viewOf(card).text);
    await product.connector.until(
      () => product.connector.messages(talk.place).slice(before).some(isReview),
      'a first answer',
      60_000,
    );
  }
}

async function playScene(
  product: Product,
  number: number,
  scene: Scene,
  turnOf: (label: string) => Promise<void>,
): Promise<void> {
  const { connector, processes } = product;
  const never = () => Promise.reject(new Error('activities are delivered by the plan'));
  const talk = startConversation({ connector, post: never }, number, scene.where, scene.who);
  const late: Promise<void>[] = [];
  let stepNumber = 0;

  const deliver = async (activity: Activity, process: number): Promise<void> => {
    await turnOf(String(activity.id));
    await product.deliver(activity, processes[process % processes.length] ?? '');
  };

  /** Sends it as often as the step says, and waits for those that come at once. */
  async function send(activity: Activity, rivals: readonly Activity[], step: Step): Promise<void> {
    const first = deliver(activity, step.process);
    const copies = step.copies.map(async ({ isNew, isLate, process }) => {
      if (isLate) await first;
      await deliver(isNew ? { ...activity, id: `f:${randomUUID()}` } : activity, process);
    });
    const isLate = (at: number): boolean => step.copies[at]?.isLate ?? false;
    late.push(...copies.filter((_, at) => isLate(at)));
    const others = rivals.map((one) => deliver(one, step.process + 1));
    await Promise.all([first, ...copies.filter((_, at) => !isLate(at)), ...others]);
  }

  const nextStep = (): Step => {
    const step = scene.steps[stepNumber % scene.steps.length];
    stepNumber += 1;
    return step ?? { process: 0, copies: [], isPressedStale: false };
  };

  /** The newest card in the place that fits. */
  const find = (fits: (shown: Shown) => boolean): Shown | undefined => {
    for (const message of connector.messages(talk.place).toReversed()) {
      const shown = toShown(message);
      if (shown && fits(shown)) return shown;
    }
    return undefined;
  };
  const until = (fits: (shown: Shown) => boolean, what: string): Promise<Shown> =>
    connector
      .until(() => find(fits), what, patienceMs)
      .catch(() => {
        throw new GaveUp(
          `${scene.who} in a ${scene.where}: no ${what}; the newest card says: ${find(() => true)?.view.text}`,
        );
      });
  const hasButton =
    (title: string) =>
    ({ view }: Shown): boolean =>
      view.buttons.some((one) => one.startsWith(title));
  const withButton = (title: string): Promise<Shown> => until(hasButton(title), `card with the button ${title}`);
  const untilCase = (order: string): Promise<Shown> =>
    until(({ view }) => /^Cancellation SD-/m.test(view.text) && view.text.includes(order), `case of ${order}`);

  async function says(text: string, by: Conversation = talk): Promise<void> {
    const step = nextStep();
    // A message that somebody types twice is two messages.
    const copies = step.copies.map((copy) => ({ ...copy, isNew: false, isLate: false }));
    await send(by.words(text), [], { ...step, copies });
  }

  async function presses(title: string, values: Values = {}, by: Conversation = talk): Promise<void> {
    const on = await withButton(title);
    const step = nextStep();
    const asked = Object.fromEntries(
      Object.entries(values).filter(([label]) => on.view.inputs.some((input) => input.label === label)),
    );
    const rivals = step.rival ? [by.as(step.rival).press(title, asked, on)] : [];
    await send(by.press(title, asked, on), rivals, step);
    if (step.isPressedStale) late.push(deliver(by.press(title, asked, on), step.process + 1));
  }

  const domain = product.domainOf(scene.customer);
  const known = new Set<string>();

  /** The number of the order that has just been placed here. */
  async function placed(): Promise<string> {
    const numberOn = ({ view }: Shown): string | undefined => /Order number: (\S+)/.exec(view.text)?.[1];
    const shown = await until((one) => {
      const id = numberOn(one);
      return id !== undefined && /^Ordered:/m.test(one.view.text) && !known.has(id);
    }, 'order number');
    const id = numberOn(shown) ?? '';
    known.add(id);
    await product.untilComplete(id);
    return id;
  }

  async function toReview(act: Act, buyer: Conversation): Promise<void> {
    if (act === 'buy by form') {
      await says(`buy ${domain}`, buyer);
      await fillIn(buyer);
    } else await says(`buy ${scene.quantity} windows server 2022 standard 16 core for ${domain}`, buyer);
  }

  /** As often as the form comes back: what opens with an answer is asked on the same card. */
  async function fillIn(by: Conversation): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      const form = await withButton('Review order');
      const product: Values = form.view.inputs.some(({ label }) => label === 'Edition') ? {} : { Product: title };
      await presses('Review order', { ...product, Edition: '16 Core', Quantity: String(scene.quantity) }, by);
      if (find(() => true)?.view.buttons.some((one) => /^(Confirm|Hand over)/.test(one))) return;
    }
  }

  /** False: nothing is left to be decided. */
  async function takeDetour(decides: string): Promise<boolean> {
    await withButton(decides);
    switch (scene.detour) {
      case 'edit':
        await presses('Edit');
        await presses('Review', { Quantity: String(scene.quantity + 1) });
        return true;
      case 'back':
        if (!find(hasButton(decides))?.view.buttons.includes('Back')) return true;
        await presses('Back');
        await (decides === 'Confirm' ? fillIn(talk) : presses('Review ticket'));
        return true;
      case 'later':
        await presses('Save for later');
        await presses('Resume');
        return true;
      case 'discard':
        await presses('Discard');
        return false;
      default:
        return true;
    }
  }

  /** Pressed again where the card asks whether that is meant, or was drawn anew meanwhile. */
  async function decide(title: string): Promise<void> {
    const { message } = await withButton(title);
    for (let times = 0; times < 3; times += 1) {
      await presses(title);
      const now = find((shown) => shown.message.id === message.id);
      if (!now || !hasButton(title)(now)) return;
    }
  }

  async function perform(act: Act, order: string | undefined): Promise<string | undefined> {
    switch (act) {
      case 'buy':
      case 'buy by form':
        await toReview(act, talk);
        if (!(await takeDetour('Confirm'))) return undefined;
        await decide('Confirm');
        return placed();
      case 'hand over': {
        // In her own chat there is nobody to go on.
        if (scene.where === 'personal') return perform('buy', order);
        await toReview(act, talk.as('sara'));
        await presses('Hand over', {}, talk.as('sara'));
        await decide('Confirm');
        return placed();
      }
      case 'keys':
        if (order === undefined) return order;
        await says(`keys ${order}`);
        await presses('Get key');
        return order;
      case 'remind':
        if (order !== undefined) await says(`remind ${order}`);
        return order;
      case 'list':
        await says(`orders ${domain}`);
        await says('cases');
        return order;
      case 'cancel now':
        if (order === undefined) return order;
        await says(`cancel ${order}`);
        // With the reason it is submitted at once.
        await presses('Cancel now', { 'Reason for the refund': reason });
        await untilCase(order);
        return undefined;
      case 'by ticket':
        if (order === undefined) return order;
        await says(`cancel ${order}`);
        await presses('By ticket', { 'Reason for the refund': reason });
        // Who has said once how they are reached is not asked again; what is worked on for long comes later.
        await until((shown) => ['Submit', 'Review ticket'].some((one) => hasButton(one)(shown)), 'ticket');
        if (!find(hasButton('Submit')))
          await presses('Review ticket', {
            'Reason for the refund': reason,
            'Contact e-mail': 'ada.nowak@partner.example',
            'Contact phone': '+48 22 555 01 00',
          });
        if (!(await takeDetour('Submit'))) return order;
        await decide('Submit');
        await untilCase(order);
        return undefined;
    }
  }

  try {
    let order: string | undefined;
    for (const act of scene.acts) order = await perform(act, order);
  } finally {
    await Promise.all(late);
  }
}

function toShown({ id, card, isTargeted, isDeleted }: Message): Shown | undefined {
  return card && !isTargeted && !isDeleted ? { message: { id }, view: viewOf(card) } : undefined;
}
