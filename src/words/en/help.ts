import type { Command } from '../commands.ts';

interface Topic {
  readonly needs: string;
  readonly examples: readonly string[];
}

export const help = {
  title: 'Software Desk',
  overview: 'What you can ask me for',
  hi: (name: string) => `Hello${name ? ` ${name}` : ''}.`,
  findHint: 'Name, domain or number',
  hello: (name: string) =>
    `Hello${name ? ` ${name}` : ''}. I help you to buy on-premises software for customers, to get keys and downloads, and to cancel purchases.`,
  welcome: 'You are welcome',
  anythingElse: 'Type what you want next, or "help".',
  tagline: 'Buy, keys and cancellations for your customers',
  waiting: (things: number) => (things === 1 ? 'One thing needs you.' : `${things} things need you.`),
  intro: 'Type one of these.',
  mention: 'In a channel, mention me first: I answer in the same thread.',
  more: (typed: string) => `More about one of them: type "${typed}".`,
  orType: (examples: readonly string[], all: string) =>
    `Type what you want, for example ${examples.map((one) => `"${one}"`).join(', ')}. "${all}" shows everything.`,
  aboutOne: (typed: string) => `Help: ${typed}`,
  what: 'What it does',
  need: 'What I need',
  example: 'For example',
  draft: 'draft',
  commands: {
    buy: 'order software for a customer',
    software: 'what a customer has: "software contoso"',
    orders: 'a customer’s orders: "orders contoso"',
    mine: 'what you have ordered here: "my orders"',
    keys: 'key and downloads of an order, for your eyes only',
    leak: 'report that a key or a download is known to others: "leak 1a2b3c4d5e6f"',
    cancel: 'cancel an order and get the refund',
    cases: 'cancellations and where they stand',
    drafts: 'what you have begun, to go on with it',
    remind: 'be told before an order can no longer be cancelled',
    approvals: 'what waits for a second admin agent',
    audit: 'who did what, for administrators, in the personal chat: "audit contoso"',
    doctor: 'is everything set up right? For administrators, in the personal chat',
    daily: 'one message a day with what ends and what waits: "daily 8:00"',
    language: 'in which language I write: "language polski"',
    whoami: 'who you are to me, and what you may do',
    help: 'this list',
  } satisfies Partial<Record<Command, string>>,
  /** Of the buttons that begin them. */
  labels: {
    buy: 'Buy',
    software: 'Software',
    orders: 'Orders',
    mine: 'My orders',
    keys: 'Keys',
    leak: 'Report a leak',
    cancel: 'Cancel',
    cases: 'Cases',
    drafts: 'Drafts',
    remind: 'Remind me',
    approvals: 'Approvals',
    audit: 'Audit',
    doctor: 'Health check',
    daily: 'Daily message',
    language: 'Language',
    whoami: 'What may I do?',
    help: 'Help',
  } satisfies Partial<Record<Command, string>>,
  /** What has to be told to begin them, and what could be typed. */
  topics: {
    buy: {
      needs:
        'The customer, the product and how many. I ask for what you leave out, and order nothing before you confirm the price.',
      examples: ['buy 10 windows server 2025 standard for contoso', 'buy contoso'],
    },
    software: { needs: 'The customer, by name or domain.', examples: ['software contoso', 'software for fabrikam'] },
    orders: { needs: 'The customer, or an order number.', examples: ['orders contoso', 'orders 1a2b3c4d5e6f'] },
    mine: { needs: 'Nothing.', examples: ['my orders', 'my last orders'] },
    keys: {
      needs:
        'The order number, or the customer and the product. Nobody but you sees the key, and that you saw it is recorded.',
      examples: ['keys 1a2b3c4d5e6f', 'keys windows server for contoso'],
    },
    leak: {
      needs:
        'The order number. I ask what leaked before anything is frozen. Nothing for the leaks that are not lifted.',
      examples: ['leak 1a2b3c4d5e6f', 'leak LK-7K2M9Q'],
    },
    cancel: {
      needs:
        'The order number, or the customer and the product. I show what comes back and until when, and cancel nothing before you confirm. For a ticket I also need a reason and a contact.',
      examples: ['cancel 1a2b3c4d5e6f', 'cancel the office order of contoso'],
    },
    cases: {
      needs: 'Nothing for the newest ones; for others a customer, a case number, or the request number of a ticket.',
      examples: ['cases', 'cases contoso'],
    },
    drafts: { needs: 'Nothing. Drafts are kept for 30 days.', examples: ['drafts', 'show my drafts'] },
    remind: {
      needs: 'The order number. I tell you here before the window closes.',
      examples: ['remind 1a2b3c4d5e6f', 'remind me of 1a2b3c4d5e6f'],
    },
    approvals: {
      needs: 'Nothing for those that wait; else the number of one.',
      examples: ['approvals', 'approvals AP-7K2M9Q'],
    },
    audit: {
      needs: 'Nothing for the newest entries; for others a customer, an order number or a period.',
      examples: ['audit contoso', 'audit review contoso'],
    },
    doctor: { needs: 'Nothing.', examples: ['doctor', 'health check'] },
    daily: {
      needs: 'Nothing, or the time of the day; "daily off" ends it. In a channel it is for everybody there.',
      examples: ['daily 8:00', 'daily off'],
    },
    language: {
      needs:
        'The language: English, polski, Deutsch, français or español. In a team or a group it counts for everybody there.',
      examples: ['language polski', 'language'],
    },
    whoami: { needs: 'Nothing.', examples: ['whoami', 'who am i'] },
    help: { needs: 'Nothing, or the command that you want to know more about.', examples: ['help', 'help cancel'] },
  } satisfies Partial<Record<Command, Topic>>,
  notUnderstood: (text: string) => `I did not understand "${text}".`,
  didYouMean: (command: string) => `Did you mean "${command}"?`,
  whoami: {
    title: (name: string) => `You are ${name}`,
    roles: 'Roles',
    none: 'none that I know',
    may: 'You may',
    nothing:
      'You may not do anything here yet. Ask an administrator of your Partner Center account to give you a role.',
    id: 'Entra object id',
  },
};
