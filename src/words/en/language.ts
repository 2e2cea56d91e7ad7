export const languageChoice = {
  title: 'Language',
  isOwn: 'I write to you in English.',
  isShared:
    'What everybody reads here is in English.\nWhat only you get to see is in the language of your Teams, or in the one that you choose in the personal chat with me.',
  pick: 'Choose another one, or type it: "language polski".',
  notSpoken: (text: string) => `I do not speak "${text}". These are the languages that I speak.`,
  willBeOwn: 'From now on I write to you in English.',
  willBeShared:
    'From now on, what everybody reads here is in English.\nCards that are there already stay as they are until they change.',
};
