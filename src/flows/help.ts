import { messageCard } from '../cards/message.ts';
import { holdersOf, mayDo, type Right } from '../domain/people/staff.ts';
import { isCommand } from '../words/commands.ts';
import { commandWord } from '../words/spellings.ts';
import { done, flow, type Turn } from './engine/flow.ts';

/** The menu; `? command text` and `! text` come from the runner for what was not understood. */
export const help = flow({
  name: 'help',
  begin: (turn, args) => done(menu(turn, args)),
  questions: {},
});

export const hi = flow({
  name: 'hi',
  begin: (turn) => done(menu(turn, '')),
  questions: {},
});

export const thanks = flow({
  name: 'thanks',
  begin: ({ context, words }) =>
    done(
      messageCard({ ...context, draft: undefined }, { title: words.help.welcome, lines: [words.help.anythingElse] }),
    ),
  questions: {},
});

/** The first word is the spelling that is shown; the list is the menu. */
function menu({ context, words, who }: Turn<unknown>, args: string) {
  const typed = (name: string) => (isCommand(name) ? commandWord(name, words.language) : name);
  const commands = Object.entries(words.help.commands).map(([name, value]) => ({
    title: typed(name),
    value,
  }));
  const [mark, ...rest] = args.split(' ');
  const lines =
    mark === '?'
      ? [words.help.notUnderstood(rest.slice(1).join(' ').slice(0, 100)), words.help.didYouMean(typed(rest[0] ?? ''))]
      : mark === '!'
        ? [words.help.notUnderstood(rest.join(' ').slice(0, 100))]
        : [words.help.hello(who.name)];
  return messageCard(
    { ...context, draft: undefined },
    { title: words.help.title, lines: [...lines, words.help.intro], facts: commands },
  );
}

/** Who somebody is to us. Asked of everybody, also of those who may do nothing: they are told whom to ask. */
export const whoami = flow({
  name: 'whoami',
  async begin({ world, words, who, context }) {
    const roles = await world.staff.rolesOf(who.id);
    const rights = Object.keys(holdersOf).filter((right): right is Right => right in holdersOf);
    const may = rights.filter((right) => mayDo(roles, right, world.policy.salesMayConfirm));
    const { whoami } = words.help;
    return done(
      messageCard(
        { ...context, draft: undefined },
        {
          title: whoami.title(who.name),
          lines: may.length === 0 ? [whoami.nothing] : [],
          facts: [
            { title: whoami.roles, value: roles.map((role) => words.roles[role]).join(', ') || whoami.none },
            ...(may.length > 0
              ? [{ title: whoami.may, value: may.map((right) => words.rights[right]).join('; ') }]
              : []),
            { title: whoami.id, value: who.id },
          ],
        },
      ),
    );
  },
  questions: {},
});
