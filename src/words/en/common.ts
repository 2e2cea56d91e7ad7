import type { Right, Role } from '../../domain/people/staff.ts';
import { formattersFor } from '../format.ts';

export const { money, amount, number, day, moment, local, time, size, country, inTime } = formattersFor(
  'en-GB',
  'en-US',
);
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export { withoutFullStop } from '../format.ts';

export const buttons = {
  next: 'Next',
  turnOff: 'Turn off',
  back: 'Back',
  discard: 'Discard',
  later: 'Save for later',
  edit: 'Edit',
  reviewOrder: 'Review order',
  addLine: 'Add another line',
  removeFile: 'Remove',
  files: 'Files',
  removeLine: 'Remove',
  confirm: 'Confirm',
  agreement: 'Customer agreement',
  submit: 'Submit',
  cancelNow: 'Cancel now',
  fileTicket: 'File the ticket',
  byTicket: 'By ticket',
  reviewTicket: 'Review ticket',
  oneForm: 'One form',
  ticketPage: 'Form with files',
  stepByStep: 'Step by step',
  software: 'Software',
  keys: 'Keys',
  cancel: 'Cancel',
  getKey: 'Get key',
  download: 'Download',
  copyLink: 'Copy link',
  reportLeak: 'Report a leak',
  liftLeak: 'Lift',
  hide: 'Hide',
  done: 'Done',
  giveUp: 'Give up',
  exportFile: 'Export as CSV',
  remindMe: 'Remind me',
  resume: 'Resume',
  claim: 'Claim',
  comment: 'Comment',
  approve: 'Approve',
  reject: 'Reject',
  handOver: 'Hand over',
  open: 'Open',
  follow: 'Tell me too',
  unfollow: 'Tell me no more',
  textForCustomer: 'Text for the customer',
  keepIt: 'Keep it',
  lastDay: 'Last day',
  choose: 'Choose',
  language: 'Language',
  find: 'Find',
  more: 'More',
};

export const inputs = {
  customer: 'Customer',
  product: 'Product',
  edition: 'Edition',
  segment: 'Segment',
  quantity: 'Quantity',
  term: 'Term',
  billing: 'Billing',
  version: 'Version',
  language: 'Language',
  architecture: 'Architecture',
  tenant: 'Customer tenant (GUID or domain)',
  named: 'Order or subscription ID',
  why: 'Why is it returned?',
  reason: 'Reason for the refund',
  amount: 'Requested amount',
  amountNote: 'Why less than was paid',
  impact: 'Impact',
  title: 'Title',
  contactName: 'Contact name',
  contactEmail: 'Contact e-mail',
  contactPhone: 'Contact phone',
  draft: 'Draft',
  case: 'Case',
  attestation: 'Attestation',
  lines: 'What to cancel',
  requestNumber: 'Request number',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone (optional)',
  agreedOn: 'Date of acceptance',
  find: 'Customer, order or case',
  comment: 'Comment or reason',
  leaked: 'What leaked?',
  who: 'Who',
};

export const roles: Record<Role, string> = {
  'admin-agent': 'admin agent',
  'global-admin': 'global administrator',
  'sales-agent': 'sales agent',
  'helpdesk-agent': 'helpdesk agent',
};

export const rights: Record<Right, string> = {
  look: 'look at customers, software and orders',
  'buy.prepare': 'prepare an order',
  'buy.confirm': 'confirm an order',
  'agreement.confirm': 'confirm a customer’s agreement',
  'keys.reveal': 'see product keys and downloads',
  'leak.report': 'report a leak, and lift one',
  'cancel.prepare': 'prepare a cancellation',
  'cancel.submit': 'submit a cancellation',
  approve: 'approve what others ask for',
  'audit.read': 'read the audit log',
  'setup.check': 'check how I am set up',
};

export const common = {
  simulated: 'Simulated',
  simulatedMore: 'Nothing is ordered at Microsoft.',
  required: 'Please fill this in.',
  of: (step: number, steps: number) => `Step ${step} of ${steps}`,
  working: {
    title: 'Working on it …',
    text: 'This takes a little longer. This message changes as soon as it is done.',
  },
  busy: {
    order: 'Partner Center is asked to place the order.',
    agreement: 'The agreement is being recorded.',
    ticket: 'The ticket is being filed.',
    cancellation: 'The cancellation is being submitted.',
    givingUp: 'The case is being closed.',
    note: 'This card changes as soon as it is done; there is nothing to press meanwhile.',
  },
  stillWorking: 'Still working on it. The card changes as soon as it is done.',
  answered: (question: string, answer: string) => `${question}: ${answer}`,
  continuesBelow: 'The conversation goes on below.',
  otherCardCounts: 'The conversation has gone on meanwhile: the other card counts.',
  continuesInPrivate: (name: string) => `${name} goes on with it in private.`,
  answeredInPrivate: 'Answered in private.',
  /** Below what one person alone sees, because others would read it. */
  onlyYou: (readers: 'outsiders' | 'unknown') =>
    readers === 'outsiders'
      ? 'People from outside your organisation are here, so only you see this.'
      : 'Who else reads here could not be checked just now, so only you see this.',
  withheld: (readers: 'outsiders' | 'unknown') => ({
    title: 'Not shown here',
    text:
      readers === 'outsiders'
        ? 'People from outside your organisation are here. Customers, prices and orders are shown only in your own chat with Software Desk, or to you alone when you ask here.'
        : 'Who else reads here could not be checked just now. Customers, prices and orders are shown only in your own chat with Software Desk, or to you alone when you ask here.',
  }),
  privateFailed: {
    title: 'I could not answer in private there',
    text: 'Teams did not deliver my private answer. Please ask me here, in this chat; nothing was shown to anybody else.',
  },
  wasCommand: 'Was this meant as a command? The button begins it; this conversation stays as it is.',
  unreadMessage: (what: 'file' | 'picture' | 'forwarded') =>
    `I cannot read ${{ file: 'files', picture: 'pictures', forwarded: 'forwarded messages' }[what]}.\nPlease type what you want, for example "orders contoso", or answer my last question in words.`,
  changedMessage:
    'You changed a message that I had read already.\nI do nothing twice. Please type it again, as a new message.',
  perhapsAnswered: {
    title: 'Did my answer arrive?',
    text: 'Teams did not tell me whether you can see my answer. If you do not, please ask again: nothing is done twice by that.',
  },
  notTaken:
    'Teams did not take my answer.\nPlease try again; what you entered is kept, and nothing is done twice by that.',
  askedAgain: (question: string) => `${question}: asked again below.`,
  discarded: (title: string) => ({ title: `Discarded: ${title}`, text: 'Nothing was ordered, cancelled or sent.' }),
  savedForLater: (title: string) => ({
    title: `Saved: ${title}`,
    text: 'Press Resume, or type "drafts" anywhere, to go on. Drafts are kept for 30 days.',
  }),
  notKept: (command: string) => ({
    title: 'Not kept',
    text: `This conversation is not kept for later, and nothing was ordered or cancelled in it. To begin it again, type: ${command}`,
  }),
  handedOver: (by: string) => `Prepared by ${by}. Somebody with the right can go on here, or find it under "drafts".`,
  leftForOthers: (title: string, { told, asked }: { readonly told?: number; readonly asked?: string }) => ({
    title: `Handed over: ${title}`,
    text: [
      `An admin agent finds it under "drafts", as "${title}".`,
      ...(asked ? [`I ask ${asked} to go on with it.`] : []),
      ...(told === undefined || asked
        ? []
        : [told > 0 ? 'I tell them.' : 'Please tell one of them: I know nobody to tell.']),
    ].join(' '),
  }),
  askOne: 'To ask one of them by name, choose who.',
  handOverTo: 'Hand over: to this person',
  toOneOfYou: (by: string) => `${by} has handed this over. One of you can go on with it here.`,
  toYou: (by: string) => `${by} asks you to go on with this.`,
  toTakeOver: (by: string, title: string, isAsked = false) => ({
    title: isAsked ? `${by} asks you to go on with: ${title}` : `${by} handed over: ${title}`,
    text: 'It waits for somebody who may go on with it. Press Open, or type "drafts".',
  }),
  untold: (title: string, name?: string) => ({
    title: name ? `${name} could not be told: ${title}` : `Nobody could be told: ${title}`,
    text: name
      ? `I could not reach ${name}. Please tell them, or another admin agent, that it waits under "drafts".`
      : 'I could reach no admin agent. Please tell one of them that it waits under "drafts".',
  }),
  resumed: 'Resumed below.',
  resumedElsewhere: 'Resumed in another conversation.',
  goneOn: (name: string) => `${name} goes on with it.`,
  ended: (name: string) => `${name} has brought it to its end.`,
  endedWith: (name: string, outcome: string) => `${name} has brought it to its end: ${outcome}`,
  fault: (reference: string, { isKept = true }: { readonly isKept?: boolean } = {}) =>
    `Something went wrong on our side; ${isKept ? 'what you entered is kept' : 'nothing was begun'}.\nPlease try again; if it happens again, tell your administrator this reference: ${reference}.`,
  signInRefused:
    'Partner Center no longer accepts our sign-in. Please tell your administrator: the consent must be renewed. It is tried again by itself; nothing is lost, and nothing is done twice.',
  sayYesAgain: 'Nothing was done yet. Type "yes" once more, or press the button, and it is done.',
  saidNo: 'Nothing was ordered, cancelled or sent. Change it, save it for later, or discard it.',
  more: (left: number) => `More: ${left}`,
  fromStart: 'Back: to the first',
  shownOf: (first: number, last: number, all: number) => `${first} to ${last} of ${all}.`,
  portalMfa: 'The portal asks for multi-factor authentication (MFA) when you sign in.',
  chooseOne: 'Please choose one.',
  pressButton: 'Please press a button on the card.',
};
