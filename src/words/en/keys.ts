import type { Said } from '../../domain/errors.ts';
import { moment, time } from './common.ts';
import { quoteSaid } from './partner-center.ts';

export const keys = {
  title: 'Keys and downloads',
  whichOrder: (customer: string) => `Which software of ${customer}?`,
  of: (item: string) => `Keys: ${item}`,
  facts: {
    customer: 'Customer',
    order: 'Order',
    item: 'Item',
    version: 'Version',
    language: 'Language',
    architecture: 'Architecture',
  },
  warning:
    'Keys and links are valuable: a leaked key is soon used up. Give them to the customer only, never in a channel. Every look is recorded.',
  customerToo:
    'An administrator of the customer finds them in the Microsoft 365 admin center: Billing → Your products → Software.',
  privately: 'Only you will see it',
  onlyYou: 'Only you see this',
  keyTitle: 'For your eyes only',
  keySummary: 'Product key details (private)',
  keyOf: (version: string) => `Product key of ${version}`,
  linkOf: (version: string) => `Download address of ${version}`,
  linkExpires: 'The address expires five days after the first download.',
  openDownload: 'Download',
  hiddenAfter: (seconds: number, at: Date, zone: string) =>
    `This disappears after ${seconds} seconds, at ${time(at, zone)}. It is recorded that you looked.`,
  closeWindow: (at: Date, zone: string) =>
    `Only you see this window. Teams lets nobody but you close it. Close it when you are done, by ${time(at, zone)} at the latest.`,
  shown: (who: string, what: readonly ('key' | 'download' | 'link')[], at: Date, zone: string) => {
    const address = what.some((one) => one !== 'key');
    const named = !what.includes('key') ? 'Download address' : address ? 'Key and download address' : 'Key';
    return `${named} revealed to ${who}, ${moment(at, zone)}`;
  },
  noLine: (order: string, line: string) => `Order ${order} has no line ${line}. Please choose one of its lines.`,
  notThere: (version: string, wanted: string, others: readonly string[]) =>
    `${version} is not there as ${wanted}. There is: ${others.join(', ')}.`,
  downloadsAway: 'Partner Center does not say at the moment which downloads there are.',
  fetching: 'Partner Center is asked for it. It appears for the person who pressed, and for nobody else.',
  said: 'Sent to you privately in this conversation.',
  coming: 'The answer appears here in a moment.',
  tokenMisused: (name: string, order: string) => ({
    title: 'A one-time request for a key was refused',
    text: `A one-time request for a key of order ${order} came a second time, or from somebody whom it was not given to. It came from ${name}, and nothing was shown. Please ask ${name}; where they know nothing of it, end their sign-ins in Microsoft Entra.`,
  }),
  notHidden: (personId: string) => ({
    title: 'A key may still be on a screen',
    text: `Teams has refused for a day to take away a message that shows a key or a download address to one person (${personId}). Please ask them to delete it, and treat the key as known.`,
  }),
  hidden: 'Hidden.',
  hiddenAgain: 'Hidden again.',
  settled: 'Hidden again. To see it once more, type:',
  again: (order: string) => `keys ${order}`,
  notHere: {
    said: (reason: Said) => quoteSaid([reason]),
    title: 'Keys of this order',
    text: 'Partner Center offers keys and downloads in its portal, not by API. An admin agent finds them there:',
    steps: 'Customers → the customer → Software → version, language, 32 or 64 bit → Get keys and downloads.',
    portal: 'Open Partner Center',
    portalUrl: 'https://partner.microsoft.com/dashboard/commerce2/customers/list',
    adminCenter: 'Open Microsoft 365 admin center',
    adminCenterUrl: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
  },
  tooLate:
    'Partner Center took too long, so nothing was shown, and nobody counts as having seen it. Please press the button again: it is fetched anew.',
  tooLateAgain:
    'Partner Center took too long again, so nothing was shown. Please press the button again later, or open Partner Center: Customers → the customer → Software.',
  pressInstead: 'Please press the button on the card, so that the answer reaches you alone.',
  dialog:
    'Teams did not accept a private message here. Press the button again: it now opens a window that only you see.',
};
