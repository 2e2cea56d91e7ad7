import type { Command } from '../commands.ts';

export const help = {
  title: 'Software Desk',
  hello: (name: string) =>
    `Hello${name ? ` ${name}` : ''}. I help you to buy on-premises software for customers, to get keys and downloads, and to cancel purchases.`,
  welcome: 'You are welcome',
  anythingElse: 'Type what you want next, or "help".',
  intro: 'Type one of these. In a channel, mention me first: I answer in the same thread.',
  commands: {
    buy: 'order software for a customer',
    software: 'what a customer has: "software contoso"',
    orders: 'a customer’s orders: "orders contoso"',
    mine: 'what you have ordered here: "my orders"',
    keys: 'key and downloads of an order, for your eyes only',
    cancel: 'cancel an order and get the refund',
    cases: 'cancellations and where they stand',
    drafts: 'what you have begun, to go on with it',
    remind: 'be told before an order can no longer be cancelled',
    audit: 'who did what, for administrators, in the personal chat: "audit contoso"',
    language: 'in which language I write: "language polski"',
    whoami: 'who you are to me, and what you may do',
    help: 'this list',
  } satisfies Partial<Record<Command, string>>,
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
