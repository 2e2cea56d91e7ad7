import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { messageCard } from '../../cards/message.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import { Refusal } from '../../domain/errors.ts';
import { occasionOf } from '../../domain/notices/notice.ts';
import { mayDo } from '../../domain/people/staff.ts';
import type { Engine } from './engine.ts';
import type { Incoming } from './messenger.ts';

/** Whoever could only hold what waits for somebody else must not take it away from them. Throws `waits-for-others`. */
export async function demandFinisher(
  { world, flowOf }: Engine,
  { who }: Pick<Incoming, 'who'>,
  draft: Draft,
): Promise<void> {
  const { finishRight: right } = flowOf(draft);
  if (!right || !draft.isHandedOver || draft.ownerId === who.id) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!mayDo(roles, right, world.policy.salesMayConfirm)) {
    throw new Refusal('waits-for-others', { owner: draft.ownerName, right });
  }
}

/** Who prepared it does not see what became of it. */
export async function tellDiscarded(
  { world }: Engine,
  { who }: Pick<Incoming, 'who'>,
  { id, preparer }: Draft,
): Promise<void> {
  if (!preparer || preparer.id === who.id) return;
  const notice = { kind: 'draft-discarded', draftId: id, target: { to: 'person', id: preparer.id } } as const;
  await world.notices.add([notice], world.clock.now());
}

/** Where the conversation has gone on from, people have read that somebody goes on with it: now they read how it ended. */
export async function tellFormerPlaces(
  engine: Engine,
  incoming: Incoming,
  { cardsElsewhere = [], isPrivate, title }: Draft,
  { summary }: Card,
): Promise<void> {
  const { words } = engine;
  const { ended, endedWith } = words.common;
  const { name } = incoming.who;
  const updates = cardsElsewhere.map((card) => {
    const isSecret = isPrivate && !card.onlyFor;
    const said = isSecret
      ? { title: words.help.title, lines: [ended(name)] }
      : { title: title ?? words.help.title, lines: [endedWith(name, summary)] };
    return engine.update(card, messageCard(engine.contextFor(incoming), said), incoming);
  });
  await Promise.all(updates);
}

/**
 * What stays of a draft that was handed over where nobody else sees it: the admin agents are told, unless they have been,
 * and the card says where they find it.
 */
export async function leaveForOthers(
  engine: Engine,
  incoming: Incoming,
  draft: Draft,
): Promise<{ card: Card; isTold: boolean }> {
  const told = draft.isTold ? undefined : await tellAdminAgents(engine, incoming, draft);
  const { title, text } = engine.words.common.leftForOthers(draft.title ?? engine.words.help.title, told);
  const context = engine.contextFor(incoming, draft);
  const buttons = [button(context, 'resume'), button(context, 'discard')];
  return { card: messageCard(context, { title, lines: [text], buttons }), isTold: told !== 0 };
}

/** How many are told. The notices outlive this process; the same press delivered again adds none. */
export async function tellAdminAgents(engine: Engine, incoming: Incoming, draft: Draft): Promise<number> {
  const { notices, clock } = engine.world;
  const others = (await adminAgents(engine, incoming)).filter((id) => id !== incoming.who.id);
  const facts = { kind: 'draft-handed-over', draftId: draft.id, occasion: occasionOf(draft) } as const;
  await notices.add(
    others.map((id) => ({ ...facts, target: { to: 'person', id } })),
    clock.now(),
  );
  return others.length;
}

async function adminAgents({ world, log }: Engine, { turnId }: Incoming): Promise<readonly string[]> {
  try {
    return await world.staff.adminAgents();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ turnId, code: error.code }, 'nobody could be told of a draft that was handed over');
    return [];
  }
}
