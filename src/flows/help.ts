import { messageCard } from '../cards/message.ts';
import { helpCard, notUnderstoodCard, type Topic, topicCard, type Waiting, welcomeCard } from '../cards/welcome.ts';
import { Refusal } from '../domain/errors.ts';
import { holdersOf, mayDo, type Right, type Role } from '../domain/people/staff.ts';
import { asksForApprovals } from '../domain/policy.ts';
import { fold, isCommand, readCommand, tidy } from '../words/commands.ts';
import { nearestReading } from '../words/sentences.ts';
import { commandWord } from '../words/spellings.ts';
import { explain, type Words } from '../words/words.ts';
import { done, type FirstTurn, type Flow, flow, type Turn } from './engine/flow.ts';
import { findWaitingFor } from './waiting.ts';

const listed = 50;

/** What greets, and what tells how the others are begun: what they are and who may is read from them. */
export function createHelp(jobs: readonly Flow[]): Flow[] {
  /** `help cancel`: about that one. `! text` comes from the runner for what was not understood. */
  const help = flow({
    name: 'help',
    async begin(turn, args) {
      const { context, words } = turn;
      const reader = await readerOf(turn, jobs);
      const [mark, ...rest] = args.split(' ');
      if (mark === '!') {
        const text = rest.join(' ');
        const customer = reader.may.has('software') ? customerAlone : () => undefined;
        const nearest = nearestReading(text, words.language) ?? (await customer(turn, text));
        const isOffered = nearest && isTopic(words, nearest.command) && reader.may.has(nearest.command);
        return done(notUnderstoodCard(context, reader, { text, nearest: isOffered ? nearest.text : undefined }));
      }
      const command = isCommand(args) ? args : readCommand(args)?.command;
      if (!command || !isTopic(words, command)) return done(helpCard(context, reader));
      const canBegin = reader.may.has(command);
      const typed = commandWord(command, words.language);
      const refusal = refusalOf(turn, reader.roles, jobs.find(({ name }) => name === command)?.right);
      return done(topicCard(context, { topic: command, typed, canBegin, refusal }));
    },
    questions: {},
  });

  const hi = flow({
    name: 'hi',
    async begin(turn) {
      const reader = await readerOf(turn, jobs);
      return done(welcomeCard(turn.context, reader, await findWaitingHere(turn, reader.roles, jobs)));
    },
    questions: {},
  });

  return [whoami, help, hi, thanks];
}

/** `contoso`: nothing but the name of a customer, or a part of the names of several. */
async function customerAlone({ facts, words }: FirstTurn, text: string) {
  const name = tidy(text);
  if (name.length < 3 || name.split(' ').length > 4) return undefined;
  const { found } = await facts.customers.suggest(name, 1);
  const isWhole = found.some((customer) => fold(`${customer.name} ${customer.domain}`).includes(fold(name)));
  return isWhole
    ? { command: 'software' as const, text: `${commandWord('software', words.language)} ${name}` }
    : undefined;
}

type Roles = readonly Role[] | undefined;

function isTopic({ help }: Words, name: string): name is Topic {
  return Object.hasOwn(help.commands, name);
}

/** Roles that cannot be found out now hide nothing: what is begun asks for its right itself. */
async function rolesOf({ world, who }: Turn<unknown>): Promise<Roles> {
  try {
    return await world.staff.rolesOf(who.id);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'roles-unknown') return undefined;
    throw error;
  }
}

function may({ world }: Turn<unknown>, roles: Roles, right: Right | undefined): boolean {
  return roles === undefined || right === undefined || mayDo(roles, right, world.policy.salesMayConfirm);
}

/** Who may, for whoever may not. */
function refusalOf(turn: Turn<unknown>, roles: Roles, right: Right | undefined): string | undefined {
  if (!right || !roles || may(turn, roles, right)) return undefined;
  return explain(turn.words, new Refusal('not-allowed', { right, roles }));
}

/** What is told in the personal chat only. */
const personalOnly = ['audit', 'doctor'];

async function readerOf(turn: Turn<unknown>, jobs: readonly Flow[]) {
  const { words, who } = turn;
  const roles = await rolesOf(turn);
  const topics = Object.keys(words.help.commands).filter((name) => isTopic(words, name));
  const mine = topics.filter((topic) => {
    const isHere = !personalOnly.includes(topic) || turn.place.kind === 'personal';
    const isUsed = topic !== 'approvals' || asksForApprovals(turn.world.policy);
    return isHere && isUsed && may(turn, roles, jobs.find(({ name }) => name === topic)?.right);
  });
  return {
    name: who.name,
    roles,
    isStaff: may(turn, roles, 'look'),
    may: new Map(mine.map((topic) => [topic, commandWord(topic, words.language)])),
  };
}

/** Nothing of anybody's where others read along. */
async function findWaitingHere(turn: Turn<unknown>, roles: Roles, jobs: readonly Flow[]): Promise<Waiting> {
  const { world, who, place, isPrivate, titleOf } = turn;
  const isAlone = place.kind === 'personal' || isPrivate;
  if (!isAlone || roles === undefined || !may(turn, roles, 'look'))
    return { cases: [], drafts: [], reminders: [], now: world.clock.now() };
  const cases = (await world.cases.recent(listed)).filter(({ state }) => state === 'needs_person');
  return findWaitingFor(world, { personId: who.id, roles, jobs, cases, titleOf });
}

const thanks = flow({
  name: 'thanks',
  begin: ({ context, words }) =>
    done(
      messageCard({ ...context, draft: undefined }, { title: words.help.welcome, lines: [words.help.anythingElse] }),
    ),
  questions: {},
});

/** Who somebody is to us. Asked of everybody, also of those who may do nothing: they are told whom to ask. */
const whoami = flow({
  name: 'whoami',
  async begin({ world, words, who, context }) {
    const roles = await world.staff.rolesOf(who.id);
    const isUsed = (right: string) => right !== 'approve' || asksForApprovals(world.policy);
    const rights = Object.keys(holdersOf).filter((right): right is Right => right in holdersOf && isUsed(right));
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
