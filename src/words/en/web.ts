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
  /** On the page that shows keys. */
  secret: {
    title: 'Keys and downloads',
    asked: 'Fetching it, for you alone …',
    copyOf: 'Copy: ',
    copied: 'Copied. What you copied stays on the clipboard until you copy something else.',
    notCopied: 'It could not be copied. Select it and copy it by hand.',
    open: 'Open the download',
    hide: 'Hide',
    left: 'Disappears in {seconds} s',
    hidden: 'Hidden.',
    onlyYou: 'Only you see this. It is recorded that you looked.',
    failed: 'That did not get through, and nothing is shown. Press the button again.',
  },
};
