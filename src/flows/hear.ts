import { messageCard } from '../cards/message.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import { demand } from '../domain/people/demand.ts';
import { type Control, nearestCommand, readCommand, readControl } from '../words/commands.ts';
import { commandFor } from './again.ts';
import type { Answer, Incoming } from './flow.ts';
import type { Outlet } from './outlet.ts';
import type { Stage } from './stage.ts';
import { begin, concluded, takeAnswer } from './step.ts';

/** A sentence longer than this that begins like a command is an answer, where whole sentences are asked for. */
const commandWords = 3;

/** What somebody typed: a command, the answer to the question that waits for them here, or something else. */
export async function hear(stage: Stage, incoming: Incoming, text: string, outlet: Outlet): Promise<void> {
  const command = readCommand(text);
  const waiting = await waitingDraft(stage, incoming);
  if (waiting) {
    const flow = stage.flowOf(waiting);
    const control = readControl(text);
    const isSentence = flow.isFreeText(waiting.step) && (command?.length ?? 0) > commandWords;
    if (control || !command || isSentence) {
      return stage.inDraft(waiting.id, (draft) => typed(stage, incoming, draft, { text, control }, outlet));
    }
  }
  if (command) return begin(stage, incoming, command.command, command.rest, outlet);
  // What the portal shows after a ticket was filed: it belongs to a case.
  if (isNumber(text)) return begin(stage, incoming, 'cases', text, outlet);
  const near = nearestCommand(text);
  return begin(stage, incoming, 'help', near ? `? ${near} ${text}` : `! ${text}`, outlet);
}

function isNumber(text: string): boolean {
  return /^\s*#?\d[\d\s-]{4,22}[.!]?\s*$/.test(text);
}

async function waitingDraft(
  { world: { drafts }, flowNamed }: Stage,
  { place, who }: Incoming,
): Promise<Draft | undefined> {
  const id = await drafts.waiting(place.id, who.id);
  const draft = id === undefined ? undefined : await drafts.get(id);
  if (!draft || draft.settled || draft.version !== draftVersion || !isTheirs(draft, { place, who })) return undefined;
  return flowNamed(draft.flow)?.has(draft.step) ? draft : undefined;
}

/** It may have been resumed elsewhere, or taken over. */
function isTheirs(draft: Draft, { place, who }: Pick<Incoming, 'place' | 'who'>): boolean {
  return draft.place.id === place.id && draft.ownerId === who.id;
}

/** The next card is a new message; the one that was answered keeps question and answer, if that was one. */
async function typed(
  stage: Stage,
  incoming: Incoming,
  draft: Draft,
  said: { text: string; control?: Control },
  outlet: Outlet,
): Promise<void> {
  const { words } = stage;
  // Looked at again now that nobody else is at it.
  const flow = stage.flowOf(draft);
  if (!isTheirs(draft, incoming))
    throw new Refusal('not-yours', { owner: draft.ownerName, command: commandFor(flow, draft) });
  if (flow.right) await demand(stage.world, incoming.who, flow.right);
  const over = await concluded(stage, incoming, draft);
  if (over) return void (await outlet.post(over));
  const heading = flow.heading(draft.step, words, draft.data);
  const values = said.control ? {} : await flow.typed(draft.step, stage.turnFor(incoming, draft), said.text);
  const answer: Answer = { do: said.control ?? 'next', values, text: said.text, via: 'words' };
  const before = draft.card;
  await takeAnswer(
    {
      stage,
      incoming,
      draft,
      outlet,
      async show(card, { isRefused } = { isRefused: false }) {
        const posted = await outlet.post(card);
        const { answered, askedAgain, continuesBelow } = words.common;
        const taken = said.control ? [] : [answered(heading, said.text)];
        const lines = isRefused ? [askedAgain(heading)] : [...taken, continuesBelow];
        const settled = messageCard(stage.contextFor(incoming), { title: draft.title ?? heading, lines });
        const isDiscarded = said.control === 'discard' && !isRefused;
        if (before) await stage.edit(before, isDiscarded ? card : settled);
        return posted;
      },
    },
    answer,
  );
}
