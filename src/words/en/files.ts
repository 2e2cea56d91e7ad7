import { count, size } from './common.ts';

export const files = {
  label: 'Files',
  title: (order: string, customer: string) => `Files for the ticket about order ${order} of ${customer}`,
  which: 'Which cancellation is this for?',
  whichText: 'I keep it for an hour, until you say.',
  added: (name: string) => `"${name}" goes with the ticket.`,
  kept: (name: string) => `I have "${name}".`,
  none: 'No file goes with the ticket.',
  countOf: (files: number, most: number) => `${files} of ${most} files`,
  count: (files: number) => count(files, 'file'),
  more: 'Send another file in our own chat to add it.',
  hint: 'Files for the ticket? Send them to me in our own chat: up to 10, of 20 MB each.',
  named: (name: string, bytes: number) => `${name} (${size(bytes)})`,
  size,
  attached: 'attached to the ticket',
  refused: 'Partner Center did not take it: add it to the ticket there',
  notAttached: (files: number) =>
    `${files === 1 ? 'One file is' : `${files} files are`} not attached to the ticket, because Partner Center does not take ${files === 1 ? 'it' : 'them'} this way. Please add ${files === 1 ? 'it' : 'them'} to the ticket in its portal.`,
  toAdd: 'Add them under "Add files" in the form.',
};
