import { button } from '../../cards/buttons.ts';
import type { Card } from '../../cards/card.ts';
import { choiceInput } from '../../cards/inputs.ts';
import { mentionOn } from '../../cards/mention.ts';
import { messageCard } from '../../cards/message.ts';
import { draw } from '../../cards/render.ts';
import { type Draft, isShared } from '../../domain/drafts/draft.ts';
import { Refusal } from '../../domain/errors.ts';
import { occasionOf } from '../../domain/notices/notice.ts';
import type { PersonReference } from '../../domain/people/references.ts';
import { mayDo } from '../../domain/people/staff.ts';
import type { Engine } from './engine.ts';
import { contextAt, ownWords, titleIn, wordsOf } from './languages.ts';
import type { Incoming, InvokeAnswer } from './messenger.ts';
import { endingOf } from './outcome.ts';
import type { Commit, StepContext } from './step.ts';

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
export async function tellFormerPlaces(engine: Engine, incoming: Incoming, draft: Draft): Promise<void> {
  const { cardsElsewhere = [], isPrivate } = draft;
  const { name } = incoming.who;
  const updates = cardsElsewhere.map(async (card) => {
    const context = await contextAt(engine.world, card);
    const { common, help, language } = context.words;
    const isSecret = isPrivate && !card.onlyFor;
    // As it is read there.
    const who = { ...incoming.who, language, timeZone: context.timeZone };
    const there: Incoming = { ...incoming, who, language };
    const isSubmitted = draft.submissionId !== undefined;
    const said = isSecret
      ? { title: help.title, lines: [common.ended(name)] }
      : {
          title: titleIn(context.words, engine.flows, draft) ?? help.title,
          lines: [common.endedWith(name, await endingOf(engine, there, { draft, isSubmitted }))],
        };
    return engine.update(card, messageCard(context, said), incoming);
  });
  await Promise.all(updates);
}

/** So many are named at once: a name tells its person, and a crowd reads none of them. */
const maxMentioned = 5;
/** More admin agents than this are told, and not offered by name. */
const maxKnown = 100;

type WriteAndShow = (step: StepContext, draft: Draft, card: Card, options?: Commit) => Promise<Draft>;

/**
 * Left to somebody who may finish it. All admin agents are told in their own chats; where the card is seen by several, it
 * comes anew, with their names, so that Teams tells them too. `who`: the one of them who is asked.
 */
export async function handOver(
  step: StepContext,
  who: string | undefined,
  writeAndShow: WriteAndShow,
): Promise<InvokeAnswer | undefined> {
  const { engine, incoming } = step;
  const admins = (await adminAgents(engine, incoming)).filter((id) => id !== incoming.who.id);
  const known = await knownPeople(engine, admins);
  const asked = known.find(({ personId }) => personId === who);
  const isAgain = step.draft.isHandedOver && step.draft.isTold && step.draft.askedId === asked?.personId;
  // Found under "drafts" before anybody is told of it.
  const found = isAgain
    ? step.draft
    : await engine.write(incoming, { ...step.draft, isHandedOver: true }, { isWaiting: 'no' });
  const isNew = !isAgain && (asked !== undefined || !found.isTold);
  const told = isNew ? await tellAdminAgents(engine, found, asked ? [asked.personId] : admins, asked) : undefined;
  const handed: Draft = {
    ...found,
    isTold: found.isTold || (told ?? 0) > 0,
    askedId: asked?.personId ?? found.askedId,
  };
  const others = known.filter((one) => one !== asked);
  const left = leftCard(step, found, { told, asked, known: others.length + (asked ? 1 : 0) > 1 ? others : [] });
  if (!isShared(found)) {
    await writeAndShow({ ...step, draft: found }, handed, left);
    return undefined;
  }
  if (known.length === 0) {
    // Nobody can be named: the card stays where it is, for whoever comes by.
    await writeAndShow({ ...step, draft: found }, handed, await cardOf(step, handed));
    return undefined;
  }
  // The card with their names stands there already.
  if (!isNew) return { kind: 'text', text: ownWords(incoming).common.continuesBelow };
  await showAnew({ ...step, draft: found }, handed, asked ? [asked] : known, writeAndShow);
  if (found.card) await engine.update(found.card, left, incoming);
  return { kind: 'card', card: left };
}

function cardOf({ engine, incoming, contact }: StepContext, draft: Draft): Promise<Card> {
  return engine.flowOf(draft).show(draft.step, engine.turnFor(incoming, draft, { contact }));
}

/** The card as a new message, which Teams tells those it names: of what is edited nobody is told. */
async function showAnew(
  step: StepContext,
  draft: Draft,
  people: readonly PersonReference[],
  writeAndShow: WriteAndShow,
): Promise<void> {
  const { engine, incoming } = step;
  const { common, help } = wordsOf(incoming, draft);
  const { toOneOfYou, toYou, toTakeOver } = common;
  const { name } = incoming.who;
  const shown = await cardOf(step, draft);
  const card = { ...shown, summary: toTakeOver(name, draft.title ?? help.title).title };
  const named = people.slice(0, maxMentioned).map(({ channelUserId: id, name }) => ({ id, name }));
  const sentence = draft.askedId === undefined ? toOneOfYou(name) : toYou(name);
  const show = () =>
    engine.messenger.send(incoming.place.id, named.length > 0 ? mentionOn(card, named, sentence) : card, {
      isAnswer: true,
    });
  await writeAndShow({ ...step, display: { message: 'new', show } }, draft, card, { isWaiting: 'no' });
}

interface Left {
  readonly told: number | undefined;
  readonly asked: PersonReference | undefined;
  /** Who else can be asked by name. */
  readonly known: readonly PersonReference[];
}

/** What stays where it was handed over: who is told, where they find it, and a choice of whom to ask by name. */
function leftCard({ engine, incoming }: StepContext, draft: Draft, { told, asked, known }: Left): Card {
  const words = wordsOf(incoming, draft);
  const { title, text } = words.common.leftForOthers(draft.title ?? words.help.title, {
    ...(told !== undefined && { told }),
    ...(asked && { asked: asked.name }),
  });
  const context = engine.contextFor(incoming, draft);
  const choices = known.map(({ personId, name }) => ({ title: name, value: personId }));
  const isShownBelow = isShared(draft);
  return draw(context, {
    title,
    lines: [
      text,
      ...(isShownBelow ? [words.common.continuesBelow] : []),
      ...(known.length > 0 ? [words.common.askOne] : []),
    ],
    inputs: known.length > 0 ? [choiceInput(words, 'who', choices, { optional: true })] : [],
    buttons: [
      ...(known.length > 0 ? [button(context, 'handOver', { title: words.common.handOverTo, withInputs: true })] : []),
      ...(isShownBelow ? [] : [button(context, 'resume'), button(context, 'discard')]),
    ],
  });
}

/** How many are told. The notices outlive this process; the same press delivered again adds none. */
async function tellAdminAgents(
  { world }: Engine,
  draft: Draft,
  personIds: readonly string[],
  asked: PersonReference | undefined,
): Promise<number> {
  const facts = {
    kind: 'draft-handed-over',
    draftId: draft.id,
    occasion: occasionOf(draft),
    ...(asked && { askedId: asked.personId }),
  } as const;
  await world.notices.add(
    personIds.map((id) => ({ ...facts, target: { to: 'person', id } })),
    world.clock.now(),
  );
  return personIds.length;
}

/** Those who have written here before, by name. */
async function knownPeople({ references }: Engine, ids: readonly string[]): Promise<PersonReference[]> {
  if (ids.length > maxKnown) return [];
  const found = await Promise.all(ids.map((id) => references.person(id)));
  return found.filter((one) => one !== undefined).sort((one, other) => one.name.localeCompare(other.name));
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
