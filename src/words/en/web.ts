/** What the web pages say by themselves; they are given it in the language of whoever opens them. */
export const web = {
  page: {
    loading: 'Loading …',
    notOpened: 'This page could not be opened. Open it in Microsoft Teams, with the account of your organisation.',
    noScript: 'This page needs JavaScript.',
    again: 'Try again',
    failed: 'That did not get through. Try again.',
    working: 'Working on it …',
    close: 'Close',
    ask: 'What do you want to do?',
    send: 'Send',
    conversation: 'Conversation',
  },
};
