import { button } from '../cards/buttons.ts';
import { messageCard } from '../cards/message.ts';
import type { Draft } from '../domain/draft.ts';
import { Refusal, Undelivered } from '../domain/errors.ts';
import { mayDo } from '../domain/staff.ts';
import type { Card, Incoming } from './flow.ts';
import type { Stage } from './stage.ts';

/** Whoever could only hold what waits for somebody else must not take it away from them. Throws `waits-for-others`. */
export async function demandFinisher({ world, flowOf }: Stage, { who }: Incoming, draft: Draft): Promise<void> {
  const { finishing: right } = flowOf(draft);
  if (!right || !draft.isHandedOver || draft.ownerId === who.id) return;
  const roles = await world.staff.rolesOf(who.id);
  if (!mayDo(roles, right, world.policy.salesMayConfirm)) {
    throw new Refusal('waits-for-others', { owner: draft.ownerName, right });
  }
}

/** Who prepared it does not see what became of it. */
export async function tellDiscarded({ world }: Stage, { who }: Incoming, { id, preparer }: Draft): Promise<void> {
  if (!preparer || preparer.id === who.id) return;
  const notice = { kind: 'draft-discarded', subject: id, target: { to: 'person', id: preparer.id } } as const;
  await world.notices.add([notice], world.clock.now());
}

/**
 * What stays of a draft that was handed over where nobody else sees it: the admin agents are told, unless they have been,
 * and the card says where they find it.
 */
export async function leftForOthers(
  stage: Stage,
  incoming: Incoming,
  draft: Draft,
): Promise<{ card: Card; isTold: boolean }> {
  const told = draft.isTold ? undefined : await tellAdminAgents(stage, incoming, draft);
  const { title, text } = stage.words.common.leftForOthers(titleOf(stage, draft), told);
  const pen = stage.penFor(incoming, draft);
  const card = messageCard(pen, { title, lines: [text], buttons: [button(pen, 'resume'), button(pen, 'discard')] });
  return { card, isTold: told !== 0 };
}

/** How many have got the message. */
async function tellAdminAgents(stage: Stage, incoming: Incoming, draft: Draft): Promise<number> {
  const { title, text } = stage.words.common.toTakeOver(draft.ownerName, titleOf(stage, draft));
  const card = messageCard(stage.penFor(incoming), { title, lines: [text] });
  const others = (await adminAgents(stage, incoming)).filter((id) => id !== incoming.who.id);
  const sent = await Promise.all(others.map((id) => isDelivered(stage, id, card)));
  return sent.filter(Boolean).length;
}

async function adminAgents({ world, log }: Stage, { turnId }: Incoming): Promise<readonly string[]> {
  try {
    return await world.staff.adminAgents();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ turnId, code: error.code }, 'nobody could be told of a draft that was handed over');
    return [];
  }
}

async function isDelivered({ mailbox }: Stage, personId: string, card: Card): Promise<boolean> {
  try {
    await mailbox.direct(personId, card);
    return true;
  } catch (error) {
    if (error instanceof Undelivered) return false;
    throw error;
  }
}

function titleOf({ words }: Stage, { title }: Draft): string {
  return title ?? words.help.title;
}
