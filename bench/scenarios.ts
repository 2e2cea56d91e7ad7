import type { Talk, Teams } from './teams.ts';

/** Something a person does, as one turn; `prepare` brings a conversation to where it can be done. */
export interface Scenario {
  readonly name: string;
  /** False: once done, the conversation cannot be used for another one. */
  readonly canRepeat: boolean;
  prepare(teams: Teams, botUrl: string, number: number): Promise<Talk>;
  turn(talk: Talk): Promise<void>;
}

export const says = (name: string, text: string): Scenario => ({
  name,
  canRepeat: true,
  async prepare(teams, botUrl, number) {
    const talk = teams.chat(botUrl, number);
    await talk.says(text);
    return talk;
  },
  turn: (talk) => talk.says(text),
});

export const echo = says('echo', 'help');

export const scenarios: readonly Scenario[] = [
  says('help', 'help'),
  says('software', 'software contoso'),
  {
    name: 'question',
    canRepeat: false,
    async prepare(teams, botUrl, number) {
      const talk = teams.thread(botUrl, number);
      const cancel = 'cancel 4e1b7e113182';
      await talk.says(cancel);
      // Who was asked before, in another thread, is asked the same here.
      if (!talk.has('Step by step')) {
        await talk.says('discard');
        await talk.says(cancel);
      }
      await talk.presses('Step by step');
      return talk;
    },
    turn: (talk) => talk.presses('Next'),
  },
  {
    name: 'confirm',
    canRepeat: false,
    async prepare(teams, botUrl, number) {
      const talk = teams.thread(botUrl, number);
      await talk.says('buy contoso');
      await talk.presses('Review order', { Product: 'Access LTSC 2024', Quantity: '2' });
      return talk;
    },
    turn: (talk) => talk.presses('Confirm'),
  },
];
