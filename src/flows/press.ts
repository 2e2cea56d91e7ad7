import type { Draft } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import type { SentMessage } from '../domain/people/place.ts';
import { commandFor } from './again.ts';
import type { Answered, Card, Incoming, Press } from './flow.ts';
import { demandFinisher } from './hand-over.ts';
import type { Outlet } from './outlet.ts';
import type { Stage } from './stage.ts';
import { concluded, type Move, takeAnswer, takeUp, waitHere } from './step.ts';
import { takeAway } from './take-away.ts';

type Pressed = Extract<Incoming['input'], { kind: 'press' }>;

/**
 * A button. One that the draft is no longer waiting for (second click, old card, the same click delivered again under a
 * new id) shows where things stand and does nothing.
 */
export async function takePress(stage: Stage, incoming: Incoming, input: Pressed, outlet: Outlet): Promise<Answered> {
  const { press, messageId, via } = input;
  if (press.do === 'hideSecret') {
    // In a dialog there is no message to take away; no answer closes it.
    if (via === 'dialog' || !messageId) return { kind: 'nothing' };
    const posted = { placeId: incoming.place.id, messageId, onlyFor: incoming.who.id };
    await takeAway(stage.messenger, posted, stage.words, stage.world.isSimulated);
    return { kind: 'say', text: stage.words.keys.hidden };
  }
  if (!press.draft) throw new Refusal('draft-gone', {});
  return stage.inDraft(press.draft, (draft) => pressedOn(stage, incoming, draft, input, outlet));
}

async function pressedOn(
  stage: Stage,
  incoming: Incoming,
  draft: Draft,
  input: Pressed,
  outlet: Outlet,
): Promise<Answered> {
  const { press } = input;
  if (draft.place.id !== incoming.place.id) throw new Refusal('draft-gone', {});
  const flow = stage.flowOf(draft);
  const pressed = cardPressed(incoming, draft, input);
  const over = await concluded(stage, incoming, draft);
  if (over) {
    const isOwn = draft.ownerId === incoming.who.id && !input.isAutomatic;
    if (pressed && isOwn) await stage.edit(pressed, over);
    return { kind: 'card', card: over };
  }
  await demandOwner(stage, incoming, draft);
  if (input.isAutomatic) return { kind: 'card', card: await flow.show(draft.step, stage.turnFor(incoming, draft)) };
  let shown: Card | undefined;
  const move: Move = {
    stage,
    incoming,
    outlet,
    draft: { ...draft, card: pressed ?? draft.card },
    async show(card) {
      shown = card;
      if (pressed) await stage.edit(pressed, card);
      return pressed;
    },
  };
  const isResume = press.do === 'resume' && !flow.takesResume;
  if (!isResume && !isCurrent(draft, press)) return asItStands(move);
  await demandFinisher(stage, incoming, draft);
  const answered = isResume
    ? await takeUp(move)
    : await takeAnswer(move, { do: press.do, values: press.values, via: input.via });
  if (answered) return answered;
  return shown ? { kind: 'card', card: shown } : { kind: 'say', text: stage.words.common.continuesBelow };
}

function isCurrent(draft: Draft, press: Press): boolean {
  return press.step === draft.step && (draft.submissionId === undefined || press.submission === draft.submissionId);
}

async function asItStands({ stage, incoming, draft, show }: Move): Promise<Answered> {
  const { drafts } = stage.world;
  const card = await stage.flowOf(draft).show(draft.step, stage.turnFor(incoming, draft));
  await drafts.put(draft);
  await waitHere(stage, incoming, draft);
  await show(card);
  return { kind: 'card', card };
}

function cardPressed({ place }: Incoming, draft: Draft, { messageId }: Pressed): SentMessage | undefined {
  if (!messageId) return draft.card;
  return { placeId: place.id, messageId, onlyFor: draft.isPrivate ? draft.ownerId : undefined };
}

/** Cards are seen and pressed by everybody in the channel. */
async function demandOwner(stage: Stage, { who }: Incoming, draft: Draft): Promise<void> {
  const flow = stage.flowOf(draft);
  const isMine = draft.ownerId === who.id || flow.isOpen || draft.isHandedOver;
  if (!isMine) throw new Refusal('not-yours', { owner: draft.ownerName, command: commandFor(flow, draft) });
  if (flow.right) await demand(stage.world, who, flow.right);
}
