export const extension = {
  order: (number: string) => `Order ${number}`,
  nothing: (text: string) => `Nothing found for "${text}".`,
  noOrders: 'You have ordered nothing here yet. Type an order number or the name of a customer.',
  noCases: 'There are no cancellation cases yet.',
  noCustomers: 'There are no customers yet.',
  private: (reference: string) =>
    `${reference} was submitted in private, so there is no card of it for a conversation. Type "cases ${reference}" to the bot.`,
  slow: 'Partner Center takes long to answer. Please search again in a moment.',
};
