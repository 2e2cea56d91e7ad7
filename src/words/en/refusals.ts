import type { ApprovalState } from '../../domain/approvals/approval-state.ts';
import type { FileFault } from '../../domain/cancellations/ticket-file.ts';
import type { OutsideError, RefusalCode, RefusalFacts } from '../../domain/errors.ts';
import type { Restriction } from '../../domain/orders/catalog.ts';
import type { Limited } from '../../domain/people/limits.ts';
import type { Right, Role } from '../../domain/people/staff.ts';
import { country, day, inTime, money, number, rights, roles, withoutFullStop } from './common.ts';
import { explainError, explainSaid, withQuote } from './partner-center.ts';

const allOf = (held: readonly Role[]): string =>
  held.map((role) => `${/^[aeiou]/.test(roles[role]) ? 'an' : 'a'} ${roles[role]}`).join(' and ');

/** Whom it waits for. Others may have the right too: whoever reads this has none of their roles. */
const holders: Record<Right, string> = {
  look: 'somebody with a role in Partner Center',
  'buy.prepare': 'a sales agent or an admin agent',
  'buy.confirm': 'an admin agent',
  'agreement.confirm': 'an admin agent',
  'keys.reveal': 'an admin agent',
  'leak.report': 'an admin agent',
  'cancel.prepare': 'a sales agent or an admin agent',
  'cancel.submit': 'an admin agent',
  approve: 'an admin agent',
  'audit.read': 'an admin agent',
  'setup.check': 'an admin agent',
};

const places = { personal: 'in your chat with me', group: 'in another group chat', channel: 'in another thread' };

export const approvalStates: Record<ApprovalState, string> = {
  waiting: 'waits',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
  withdrawn: 'withdrawn',
  used: 'approved and used',
};

export const limited: Record<Limited, string> = {
  reveals: 'keys and downloads',
  exports: 'files of the audit log',
  searches: 'searches',
  unknownOrders: 'numbers of orders that nobody knows',
  drafts: 'new conversations',
  pages: 'pages',
};

const fileFaults: Readonly<Record<FileFault, (name: string) => string>> = {
  empty: (name) => `There is nothing in "${name}".\nPlease look at it and send it again.`,
  'too-large': (name) =>
    `"${name}" is larger than 20 MB.\nPlease send a smaller one, or add it in Partner Center once the ticket is filed.`,
  type: (name) =>
    `I do not take "${name}".\nPlease send it as PDF, PNG, JPEG, Word (docx), Excel (xlsx), e-mail (msg, eml) or text (txt, csv); what is in the file counts, not its name.`,
  damaged: (name) => `"${name}" cannot be opened: it is damaged, or a part is missing.\nPlease send it again.`,
  protected: (name) =>
    `"${name}" is protected by a password or by rights, so Microsoft could not open it.\nPlease send it without that.`,
};

/** For each no: what is wrong, which can be a title, and on the next line what to do. */
export const refusals: { [C in RefusalCode]: (facts: RefusalFacts[C]) => string } = {
  'not-allowed': ({ right, roles: held }) =>
    `You may not ${rights[right]}.\nYou are ${held.length === 0 ? 'not one of the partner’s agents' : allOf(held)}. ${insteadOf(right, held)}`,
  'needs-approval': ({ reference, state, by, why }) => {
    if (state === 'rejected')
      return `${by ?? 'An admin agent'} has rejected this (${reference}).\n${why ? `The reason: ${withoutFullStop(why)}. ` : ''}Nothing was done. Change it and press the same button again: then an admin agent is asked anew.`;
    return state === 'asked'
      ? `A second admin agent has to approve this.\nNothing is done yet. I have asked for it (${reference}), and tell you here what becomes of it; then press the same button again.`
      : `This waits for a second admin agent (${reference}).\nNothing is done yet. ${by ? `${by} looks at it. ` : ''}I tell you here what becomes of it; then press the same button again.`;
  },
  'nobody-approves': () =>
    'A second admin agent has to approve this, and there is none besides those who prepared it.\nNothing was done. Ask an administrator to give somebody else the role.',
  'own-approval': ({ reference }) =>
    `You cannot decide ${reference}: you asked for it, or you prepared it.\nPlease tell another admin agent; they find it under "approvals".`,
  'approval-unknown': ({ reference }) => `I know no approval ${reference}.\nType "approvals" for those that wait.`,
  'approval-over': ({ reference, state, by }) =>
    `${reference} is over: ${approvalStates[state]}${by ? `, by ${by}` : ''}.\nYour answer changed nothing. Type "approvals" for those that wait.`,
  'approval-claimed': ({ reference, by }) =>
    `${by} looks at ${reference}.\nAsk ${by}, or wait for the reminder: then it is free again.`,
  'reason-missing': () => 'Please write why, in a few words.\nWhoever asked reads it.',
  'reason-short': ({ atLeast }) =>
    `Please write why, in ${number(atLeast)} characters or more.\nThe other admin agents read it, and it stays in the audit log.`,
  'too-many': ({ what, seconds, isEverybody }) =>
    `${isEverybody ? 'All of you together have' : 'You have'} asked for too many ${limited[what]} in a short time.\nPlease try again ${inTime(seconds)}. Nothing was done.`,
  'above-limit': ({ total, limit }) =>
    `Orders above ${money(limit)} are confirmed by an admin agent only.\nThis one costs ${money(total)}. Press Hand over for one of them to go on, or order less.`,
  'roles-unknown': () => 'I cannot find out your role right now.\nNothing was done. Please try again in a minute.',
  'not-staff': ({ why }) =>
    why === 'unidentified'
      ? 'I cannot tell who you are, so I do nothing.\nPlease write to me from your work account.'
      : 'I serve only the staff of the partner, from their own tenant.\nPlease ask your contact at the partner.',
  'not-yours': ({ owner, command }) =>
    command
      ? `This belongs to ${owner}.\nType "${command}" for a card of your own.`
      : `This belongs to ${owner}.\nType "help" to begin your own, or ask ${owner} to go on with it.`,
  'waits-for-others': ({ owner, right }) =>
    `${owner} has handed this over, and it waits for ${holders[right]}.\nYou may not ${rights[right]}. You can look at it, and tell one of them; they find it under "drafts".`,
  'draft-gone': () => 'This card has expired or was discarded.\nPlease begin again; type "help" to see how.',
  'draft-elsewhere': ({ owner, where }) =>
    owner
      ? `${owner} goes on with this somewhere else.\nPlease ask ${owner} how it stands; nothing has to be begun again.`
      : `This goes on ${where ? places[where] : 'somewhere else'}.\nPlease answer there, or type "drafts" to go on here. Nothing has to be begun again.`,
  'draft-over': ({ title, outcome }) =>
    `"${title}" is over: ${withoutFullStop(outcome)}.\nType "orders" or "cases" to see more; nothing has to be begun again.`,
  'draft-outdated': () =>
    'This card is from before an update.\nPlease begin again; nothing was ordered or cancelled by it.',
  'still-working': () => 'Your last answer is still being worked on.\nThe card changes as soon as it is done.',
  invalid: ({ why }) => why,
  'customer-unknown': ({ text, suggestions, more }) => {
    const similar = suggestions.length > 0 ? `Similar: ${suggestions.join(', ')}. ` : '';
    if (more) {
      return `No customer’s name or domain begins with "${text}", and there are too many to look inside every name.\n${similar}Type how the name or the domain begins, or the tenant’s id.`;
    }
    return similar
      ? `No customer matches "${text}".\n${similar}Type one of them, or a part of another name.`
      : `No customer matches "${text}".\nType a part of the name or of the domain.`;
  },
  'order-unknown': ({ text, tooManyCustomers }) =>
    tooManyCustomers
      ? `I know no order or subscription "${text}".\nThere are too many customers to ask for the orders of each: type "orders" and the customer’s name, then I know its orders. An order may take 15 minutes to appear.`
      : `I found no order or subscription "${text}".\nCheck the number, or type "orders" and the customer’s name; an order may take 15 minutes to appear.`,
  'nothing-to-cancel': ({ text }) =>
    `${text} has nothing that could be cancelled.\nType "orders" and the customer’s name to see what there is.`,
  'quantity-out-of-range': ({ minimum, maximum, typed }) =>
    [
      `The quantity must be a whole number from ${number(minimum)} to ${number(maximum)}.`,
      ...(typed ? [`You entered: ${typed.length > 40 ? `${typed.slice(0, 40).toWellFormed()}…` : typed}`] : []),
    ].join('\n'),
  'item-unavailable': ({ item }) =>
    `${item || 'This item'} cannot be bought for this customer now.\nGo back and choose another edition or product.`,
  'needs-before': ({ item, needs }) =>
    `${item} cannot be ordered here.\n${needs.map(neededFirst).join(' ')} Or choose another edition or product.`,
  restricted: ({ item, restrictions }) =>
    `Microsoft does not sell ${item} to this customer now${notIn(restrictions)}.\nChoose another edition or product, try again later, or ask Microsoft’s support in Partner Center. Its own words: “${restrictions.map(({ said }) => said).join('; ')}”.`,
  'price-unknown': ({ item }) =>
    `Partner Center’s price list has no price for ${item}.\nI do not order it without one. Choose another edition, or order it in Partner Center.`,
  'price-changed': ({ was, now }) =>
    `The price has changed from ${money(was)} to ${money(now)} per unit.\nPlease check and confirm again.`,
  'order-declined': ({ said }) =>
    `Partner Center declined.\nNothing was ordered. Press Edit to change the order. ${explainSaid(said)}`,
  'not-software': ({ order }) =>
    `Order ${order} is not on-premises software.\nI can cancel only that. Use Partner Center for it.`,
  'order-pending': ({ order }) =>
    `Order ${order} is still being processed by Microsoft.\nPlease try again in some minutes.`,
  'already-cancelled': ({ order }) =>
    `Order ${order}, or the part of it you chose, is cancelled already.\nThere is nothing left to do.`,
  'case-open': ({ order, reference }) =>
    `There is a cancellation of order ${order} already: ${reference}.\nType "cases" to see where it stands.`,
  'ticket-of-other-case': ({ number, reference }) =>
    `Request ${number} is followed by ${reference} already.\nOne ticket is for one case. Please look up the number again.`,
  'ticket-unknown': ({ number }) =>
    `Partner Center shows no request ${number}.\nPlease look up the number again; if it is right and only new, press Next once more to follow it all the same.`,
  'ticket-about-other': ({ number, title }) =>
    `Request ${number} ("${title}") names neither this case nor its order.\nPlease look up the number again; if it is the right one all the same, press Next once more.`,
  'ticket-still-open': ({ number }) =>
    `Microsoft still works on request ${number}.\nIt may cancel the order all the same. Withdraw it in Partner Center first; or give it up all the same: then nothing more is done here, and nobody is told how it ends.`,
  'never-cancellable': ({ item, publisher }) =>
    `${item} cannot be cancelled: Microsoft takes back no software of ${publisher}.\nIf it was ordered by mistake, ask Microsoft’s support in Partner Center.`,
  'file-bad': ({ name, fault }) => fileFaults[fault](name),
  'too-many-files': ({ limit }) =>
    `A ticket takes ${limit} files at most.\nPlease remove one first, or put several into one PDF; nothing of this one was kept.`,
  'file-not-fetched': ({ name }) => `I could not fetch "${name}" from Teams.\nPlease send it again.`,
  'file-not-given': () => 'The file could not be put into your OneDrive.\nPlease press "Export as CSV" again.',
  'file-gone': ({ name }) => `${name ? `"${name}"` : 'That file'} is not here any more.\nPlease send it again.`,
  'file-owner-gone': () => 'The cancellation that this file is for is over.\nType "cases" to see how it ended.',
  'window-closed': ({ order, closedAt }) =>
    `Order ${order} could be cancelled until ${day(closedAt)}.\nType "cancel ${order}" to ask Microsoft for a refund all the same.`,
  'other-content': () =>
    'This was submitted before with other content.\nNothing was done this time. Type "cases" or "orders" to see what stands.',
  'leak-reported': ({ order, reference, by, at }) =>
    `Keys and downloads of order ${order} are frozen.\n${by} reported a leak on ${day(at)} (${reference}). Type "leak ${reference}" to see it; an admin agent other than ${by} can lift it there.`,
  'leak-unknown': ({ reference }) => `I know no leak ${reference}.\nType "leak" for those that are not lifted.`,
  'own-leak': ({ reference }) =>
    `You reported ${reference}, so you cannot lift it.\nPlease ask another admin agent; they find it under "leak".`,
  'key-revoked': ({ order }) =>
    `This software of order ${order} is cancelled.\nIts key is revoked and its downloads are withdrawn. If the customer still needs it, type "buy".`,
  'keys-not-offered': ({ order, said }) =>
    withQuote(
      `Partner Center offers no keys of order ${order} by API.\nAn admin agent finds them in Partner Center: Customers → the customer → Software.`,
      said ? [said] : [],
    ),
  'key-not-ready': ({ order }) =>
    `Partner Center has no key for order ${order} yet.\nA fresh order takes some minutes; please try again then. Where it is older than that, look in Partner Center: Customers → the customer → Software.`,
  'not-recorded': () =>
    'Nothing was shown: that you look could not be recorded.\nEvery look is recorded first, so nothing was fetched. Please try again in a minute; if it stays so, tell whoever runs this bot.',
  'audit-unwritable': () =>
    'Nothing was done: the audit log cannot be written.\nWhatever costs money, files something or shows a key is written there first, in the same step. Please try again in a minute; if it stays so, tell whoever runs this bot.',
  'token-refused': ({ why }) =>
    why === 'expired'
      ? 'This took longer than a minute, so nothing was shown.\nPlease press the button again.'
      : why === 'used'
        ? 'This request was used before, so nothing was shown.\nIt is recorded, and the admin agents are told. To see the key, press the button again.'
        : 'This request was not made by you here, so nothing was shown.\nClose the window, open it again, and press the button.',
  'no-private-way': () =>
    'There is no private way to show it here.\nSo nothing is shown. Write to me in a personal chat instead.',
};

/** What must be there before an edition may be bought, by Partner Center's name for it; and where to see to that. */
const prerequisites: Readonly<Record<string, string>> = {
  azuresubscriptionregistration:
    'It is bought for an Azure subscription of the customer that is registered for it: register the subscription in the Azure portal, and order in Partner Center, where it is chosen.',
  microsoftcustomeragreement:
    'The customer must have accepted the Microsoft Customer Agreement first: confirm that in Partner Center (Customers → the customer → Account).',
  microsoftcloudagreement:
    'The customer must have accepted the Microsoft Cloud Agreement first: confirm that in Partner Center (Customers → the customer → Account).',
  inventorycheck: 'Microsoft must have it in stock: look for it in the catalog of Partner Center.',
};

function notIn(restrictions: readonly Restriction[]): string {
  const places = restrictions.flatMap((one) => one.places ?? []).map(country);
  return places.length > 0 ? `: it cannot be had in ${[...new Set(places)].join(', ')} at the moment` : '';
}

function neededFirst(name: string): string {
  const known = prerequisites[name.replaceAll('_', '').toLowerCase()];
  return (
    known ?? `Partner Center asks for something first that it calls "${name}": order it there, where it tells more.`
  );
}

function insteadOf(right: Right, held: readonly Role[]): string {
  if (held.length === 0)
    return 'Ask an administrator of your Partner Center account to give you a role, or a colleague who has one.';
  if (right === 'keys.reveal') {
    return 'Ask an admin agent to type "keys" here; an administrator of the customer finds them in the Microsoft 365 admin center under Billing → Your products → Software.';
  }
  if (right === 'cancel.submit' || right === 'buy.confirm' || right === 'agreement.confirm')
    return 'You can prepare it: press Hand over on its card, or ask an admin agent to go on with it.';
  if (right === 'buy.prepare' || right === 'cancel.prepare')
    return 'You can look: type "software" or "orders" and a customer’s name. Ask a sales agent or an admin agent for the rest.';
  return 'Ask an admin agent.';
}

/** What to say when Partner Center itself fails or declines. `isKept`: something was entered before. */
export function outside(error: OutsideError, { isKept = true }: { readonly isKept?: boolean } = {}): string {
  const kept = isKept ? 'What you entered is kept' : 'Nothing was begun';
  if (error.kind === 'throttled') return `Partner Center asks us to slow down.\n${kept}; please try again in a minute.`;
  if (error.isUncertain) return `Partner Center does not answer at the moment.\n${kept}; please try again in a minute.`;
  if (error.kind === 'unauthorized')
    return `Partner Center no longer accepts our sign-in.\nPlease tell your administrator: the consent must be renewed. ${kept}.`;
  return `Partner Center declined.\n${kept}. ${explainError(error)}`;
}
