import { type CommandList, type ExtensionCommand, type Manifest, repeated } from '../manifest.ts';
import type { UploadRule } from './rule.ts';

const source = 'docs/teams.md, "Commands in the package"';

export const commandsRules: readonly UploadRule[] = [
  {
    id: 'commands-in-scope',
    what: 'Commands are listed for scopes that the bot has',
    why: 'nobody would ever see the others',
    source,
    sure: 'documented',
    check: ({ manifest: { bots = [] } }) =>
      bots.flatMap(({ scopes, commandLists = [] }) =>
        commandLists
          .flatMap((list) => list.scopes)
          .filter((scope) => !scopes.includes(scope))
          .map((scope) => `commandLists has the scope ${scope}, which the bot has not`),
      ),
  },
  {
    id: 'one-list-a-scope',
    what: 'Each scope has one list of commands',
    why: 'of two the upload takes neither',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      repeated(listsOf(manifest).flatMap(({ scopes }) => scopes)).map(
        (scope) => `commandLists has two lists for the scope ${scope}`,
      ),
  },
  {
    id: 'commands-once',
    what: 'A list has each command once',
    why: 'people choose a command by its title',
    source,
    sure: 'open',
    check: ({ manifest }) =>
      listsOf(manifest).flatMap((list) =>
        repeated(list.commands.map(({ title }) => title.toLowerCase())).map(
          (title) => `the commands for ${list.scopes.join(', ')} have ${title} twice`,
        ),
      ),
  },
  {
    id: 'commands-explained',
    what: 'Every command of the bot has a description',
    why: 'up to schema 1.28 it was demanded, and it is half of what people see',
    source,
    sure: 'open',
    check: ({ manifest }) =>
      listsOf(manifest).flatMap((list) =>
        list.commands
          .filter(({ description }) => !description?.trim())
          .map(({ title }) => `the command ${title} for ${list.scopes.join(', ')} needs a description`),
      ),
  },
  {
    id: 'slash-needs-targeted',
    what: 'A bot with slash commands takes targeted messages',
    why: 'a slash command is one',
    source,
    sure: 'documented',
    check: ({ manifest: { bots = [] } }) =>
      bots.some(
        ({ supportsTargetedMessages, commandLists = [] }) => commandLists.some(isSlash) && !supportsTargetedMessages,
      )
        ? ['bots[0].supportsTargetedMessages must be true, because a list of commands has the trigger slash']
        : [],
  },
  {
    id: 'slash-in-shared-places',
    what: 'Slash commands are not for the personal chat',
    why: 'nothing is targeted there',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      listsOf(manifest).some((list) => isSlash(list) && list.scopes.includes('personal'))
        ? ['commandLists for personal cannot have the trigger slash']
        : [],
  },
  {
    id: 'extension-commands-once',
    what: 'Each command of the message extension has an id of its own',
    why: 'the bot is asked by it',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      repeated(extensionCommands(manifest).map(({ id }) => id)).map(
        (id) => `composeExtensions has the command ${id} twice`,
      ),
  },
  {
    id: 'search-has-parameter',
    what: 'A search command has a parameter',
    why: 'there would be nothing to type into',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      extensionCommands(manifest)
        .filter(({ type = 'query', parameters = [] }) => type === 'query' && parameters.length === 0)
        .map(({ id }) => `the search command ${id} needs a parameter`),
  },
  {
    id: 'parameters-once',
    what: 'The parameters of a command have different names',
    why: 'their values come back by name',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      extensionCommands(manifest).flatMap(({ id, parameters = [] }) =>
        repeated(parameters.map(({ name }) => name)).map((name) => `the command ${id} has the parameter ${name} twice`),
      ),
  },
  {
    id: 'action-opens-something',
    what: 'An action command fetches its dialog, or says what it shows',
    why: 'pressing it would do nothing',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      extensionCommands(manifest)
        .filter(({ type, fetchTask, parameters = [], taskInfo }) => {
          return type === 'action' && !fetchTask && !taskInfo && parameters.length === 0;
        })
        .map(({ id }) => `the action command ${id} needs fetchTask, taskInfo or parameters`),
  },
  {
    id: 'slash-of-actions',
    what: 'Only action commands of the message extension are slash commands',
    why: 'a slash opens their dialog; a search has none',
    source,
    sure: 'documented',
    check: ({ manifest }) =>
      extensionCommands(manifest)
        .filter(({ type = 'query', triggers = [] }) => type === 'query' && triggers.includes('slash'))
        .map(({ id }) => `the search command ${id} cannot have the trigger slash`),
  },
];

function listsOf({ bots = [] }: Manifest): readonly CommandList[] {
  return bots.flatMap(({ commandLists = [] }) => commandLists);
}

function isSlash({ triggers = [] }: CommandList): boolean {
  return triggers.includes('slash');
}

function extensionCommands({ composeExtensions = [] }: Manifest): readonly ExtensionCommand[] {
  return composeExtensions.flatMap(({ commands = [] }) => commands);
}
