import { type FileOwner, maxFiles, type TicketFile } from '../domain/cancellations/ticket-file.ts';
import type { Words } from '../words/words.ts';
import { button } from './buttons.ts';
import type { Button, Card, Fact } from './card.ts';
import { type CardContext, draw } from './render.ts';

/** A cancellation that files can go with. */
export interface FileTarget {
  readonly owner: FileOwner;
  readonly reference?: string;
  readonly orderNumber: string;
  readonly customerName: string;
}

interface Listing {
  readonly target: Pick<FileTarget, 'orderNumber' | 'customerName' | 'reference'>;
  readonly files: readonly TicketFile[];
  /** Those that were sent just now. */
  readonly added: readonly string[];
}

/** The files of one ticket, each with its *Remove*. Names stand on it: for one person alone. */
export function filesCard(context: CardContext, { target, files, added }: Listing): Card {
  const { words } = context;
  const { orderNumber, customerName, reference } = target;
  const fresh = files.filter(({ id }) => added.includes(id));
  const left = files.length < maxFiles;
  return draw(context, {
    title: words.files.title(orderNumber, customerName),
    subtitle: [reference, words.files.countOf(files.length, maxFiles)].filter(Boolean).join(' · '),
    icon: 'DocumentText',
    lines: [...fresh.map(({ name }) => words.files.added(name)), ...(files.length === 0 ? [words.files.none] : [])],
    items: files.map((file) => ({
      heading: file.name,
      details: [[words.files.size(file.size), stateOf(words, file)].filter(Boolean).join(' · ')],
      buttons: [withFile(button(context, 'removeFile'), file)],
    })),
    notes: left ? [words.files.more] : [],
    // The names of files are for nobody else's list of messages.
    summary: words.files.title(orderNumber, customerName),
  });
}

/** Which of several cancellations is meant: pressing one says it. */
export function whichCancellationCard(
  context: CardContext,
  { names, targets }: { readonly names: readonly string[]; readonly targets: readonly FileTarget[] },
): Card {
  const { words } = context;
  return draw(context, {
    title: words.files.which,
    icon: 'DocumentText',
    lines: names.map((name) => words.files.kept(name)),
    items: targets.map(({ owner, reference, orderNumber, customerName }) => {
      const { data, ...look } = button(context, 'next');
      const heading = words.cancel.draftTitle(orderNumber, customerName);
      return {
        heading,
        details: reference ? [reference] : [],
        action: { ...look, data: { ...data, target: `${owner.of} ${owner.id}` } },
      };
    }),
    notes: [words.files.whichText],
  });
}

function withFile({ data, ...look }: Button, { id }: TicketFile): Button {
  return { ...look, data: { ...data, file: id } };
}

function stateOf(words: Words, { ticketId, isRefused }: TicketFile): string | undefined {
  if (ticketId) return words.files.attached;
  return isRefused ? words.files.refused : undefined;
}

/**
 * How many files go with the ticket; which ones, only where one person alone reads it: what was sent in private is not
 * shown to others.
 */
export function filesFact(words: Words, files: readonly TicketFile[], isForOne: boolean): Fact[] {
  if (files.length === 0) return [];
  const names = files.map(({ name, size }) => words.files.named(name, size)).join(', ');
  return [{ title: words.files.label, value: isForOne ? names : words.files.count(files.length) }];
}
