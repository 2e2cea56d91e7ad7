import { z } from 'zod';
import { type FileTarget, filesCard, whichCancellationCard } from '../cards/files.ts';
import { messageCard } from '../cards/message.ts';
import { type Case, isClosed } from '../domain/cancellations/case.ts';
import { addFile, listFiles, placeFiles, removeFile } from '../domain/cancellations/files.ts';
import { type FileOwner, plainFileName, type TicketFile } from '../domain/cancellations/ticket-file.ts';
import { type Draft, draftVersion } from '../domain/drafts/draft.ts';
import { Refusal } from '../domain/errors.ts';
import { explain } from '../words/words.ts';
import { askIn, type Card, done, type FirstTurn, flow, type Reply, type Turn } from './engine/flow.ts';

const listed = 50;

const ofTicket = z.object({
  of: z.enum(['draft', 'case']),
  id: z.string(),
  /** Sent with the message that this answers. */
  added: z.array(z.string()).default([]),
});
const unplaced = z.object({ files: z.array(z.string()) });

type Steps = { readonly which: z.infer<typeof unplaced>; readonly files: z.infer<typeof ofTicket> };

const ask = askIn<Steps>();

/**
 *   staff   (sends a file in the personal chat, while a cancellation is being prepared or its ticket is open)
 *   bot     "contract.pdf" goes with the ticket. 1 of 10 files   (each with its Remove)
 *
 * Where several are open: which one is it for? Where none is, nobody reads files here.
 */
export const files = flow<Steps>({
  name: 'files',
  async begin(turn, args) {
    const { groups } = args.match(/^(?<of>draft|case) (?<id>\S+)$/) ?? {};
    if (groups) return ask('files', ofTicket.parse(groups));
    const targets = await targetsOf(turn, args);
    const { common, help } = turn.words;
    const card = { title: help.title, lines: [common.unreadMessage('file')] };
    return targets.length === 0 ? done(messageCard(turn.context, card)) : takeFiles(turn, targets);
  },

  questions: {
    which: {
      kind: 'list',
      data: unplaced,
      heading: (words) => words.files.which,
      async show(turn) {
        const { world, who, context, data } = turn;
        const kept = await world.ticketFiles.of({ of: 'person', id: who.id });
        const names = kept.filter(({ id }) => data.files.includes(id)).map(({ name }) => name);
        return whichCancellationCard(context, { names, targets: await targetsOf(turn) });
      },
      async answer({ world, who, data }, { values }) {
        const [of, id = ''] = (values.target ?? '').split(' ');
        const owner = ofTicket.safeParse({ of, id, added: data.files });
        if (!owner.success) return ask('which', data);
        await placeFiles(world, who, data.files, owner.data);
        return ask('files', owner.data);
      },
    },

    files: {
      kind: 'list',
      data: ofTicket,
      heading: (words) => words.files.label,
      show: (turn) => showFiles(turn),
      async answer({ world, who, data }, answer) {
        const owner = { of: data.of, id: data.id };
        if (answer.do === 'removeFile') await removeFile(world, who, owner, answer.values.file ?? '');
        return ask('files', { ...owner, added: [] });
      },
    },
  },
});

async function showFiles({ world, who, words, context, data }: Turn<Steps['files']>): Promise<Card> {
  const { of, id, added } = data;
  try {
    const [found, target] = await Promise.all([listFiles(world, who, { of, id }), targetOf(world, { of, id })]);
    return filesCard(context, { target, files: found, added });
  } catch (error) {
    // The cancellation is over by now, or somebody else's.
    if (!(error instanceof Refusal)) throw error;
    return messageCard(context, { title: words.files.label, lines: [explain(words, error)] });
  }
}

/** Each file for itself: what is wrong with one keeps nobody from sending the others. */
async function takeFiles(turn: FirstTurn, targets: readonly FileTarget[]): Promise<Reply<Steps>> {
  const { world, who, words } = turn;
  const [first, ...others] = targets;
  const owner: FileOwner = first && others.length === 0 ? first.owner : { of: 'person', id: who.id };
  const added: TicketFile[] = [];
  const problems: string[] = [];
  for (const sent of turn.sentFiles) {
    try {
      const bytes = await world.sentFiles.load(sent);
      added.push((await addFile(world, who, owner, { name: plainFileName(sent.name), bytes })).file);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problems.push(explain(words, error));
    }
  }
  const ids = added.map(({ id }) => id);
  const problem = problems.length > 0 ? problems.join(' ') : undefined;
  if (owner.of !== 'person') return ask('files', { of: owner.of, id: owner.id, added: ids }, problem);
  if (ids.length > 0) return ask('which', { files: ids }, problem);
  return done(messageCard({ ...turn.context, problem }, { title: words.files.label }));
}

/**
 * The person's cancellations that files can go with: those being prepared, and those whose ticket is open. `waitingId`:
 * the conversation that waits for an answer here, which is meant where it is one of them.
 */
async function targetsOf({ world, who }: Pick<FirstTurn, 'world' | 'who'>, waitingId = ''): Promise<FileTarget[]> {
  const [drafts, cases] = await Promise.all([world.drafts.listFor(who.id, listed), world.cases.recent(listed)]);
  const prepared = drafts.filter((one) => one.ownerId === who.id).flatMap(targetOfDraft);
  const open = cases.filter(({ requesterId }) => requesterId === who.id).flatMap(targetOfCase);
  const waiting = drafts.find(({ id }) => id === waitingId);
  const all = [...prepared, ...open];
  const meant = all.filter(({ owner }) => owner.id === waitingId || owner.id === waiting?.data.reference);
  return meant.length > 0 ? meant : all;
}

function targetOfDraft({ id, version, flow: name, data }: Draft): FileTarget[] {
  const { orderNumber, customerName, reference } = data;
  if (name !== 'cancel' || version !== draftVersion || reference !== undefined) return [];
  if (typeof orderNumber !== 'string' || typeof customerName !== 'string') return [];
  return [{ owner: { of: 'draft', id }, orderNumber, customerName }];
}

/** What is cancelled at once needs no files, unless Partner Center wants a ticket. */
function targetOfCase({ reference, state, ending, content }: Case): FileTarget[] {
  if (isClosed(state) || (ending !== 'ticket' && state !== 'needs_person' && state !== 'filing')) return [];
  const { orderNumber, customerName } = content;
  return [{ owner: { of: 'case', id: reference }, reference, orderNumber, customerName }];
}

async function targetOf(world: FirstTurn['world'], { of, id }: FileOwner): Promise<FileTarget> {
  const draft = of === 'draft' ? await world.drafts.get(id) : undefined;
  const found = of === 'case' ? await world.cases.get(id) : undefined;
  const [target] = [...(draft ? targetOfDraft(draft) : []), ...(found ? targetOfCase(found) : [])];
  if (!target) throw new Refusal('file-owner-gone', {});
  return target;
}
