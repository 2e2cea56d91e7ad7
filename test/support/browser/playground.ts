import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page, Response } from 'playwright-core';
import { findPerson, people } from '../../playground/people.ts';
import { runPlayground } from '../../playground/run.ts';
import { openBrowser } from './browser.ts';
import { type Answer, choicesOf, fillInput, readInput } from './card.ts';

const botName = 'Software Desk';
const screenshots = join(import.meta.dirname, '../../../screenshots');

export interface PlaygroundOptions {
  /** Where the bot listens, `http://127.0.0.1:3978`. */
  readonly botUrl: string;
  /** Who sits at the screen, by a part of the name in `.m365agentsplayground.yml`; otherwise its current user. */
  readonly as?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface PressOptions {
  /** Which of the cards that have the button, counted from the oldest (0); otherwise the newest. */
  readonly nth?: number;
  /** Whether to wait for the bot's answer. Not for what never reaches the bot: links, and forms that are not complete. */
  readonly isAnswered?: boolean;
}

/** A person in front of Agents Playground. One conversation is open at a time; everything below happens in it. */
export interface Playground {
  readonly page: Page;
  readonly url: string;
  openPersonalChat(): Promise<void>;
  openGroupChat(): Promise<void>;
  /** Opens a channel of the team; the next `say` begins a new thread in it. */
  openTeamChannel(channel?: 'General' | 'Orders'): Promise<void>;
  /**
   * Types a message and sends it; outside the personal chat with a mention of the bot, picked from the list that opens.
   * In a channel the first message begins a thread, and the following ones answer in it.
   */
  say(text: string): Promise<void>;
  /** Begins a new thread in the open channel, and goes on in that one. */
  post(text: string): Promise<void>;
  /**
   * Presses a button of the newest card that has it, and waits until the bot has answered. A title may go on after the
   * given words (`Confirm` presses `Confirm: buy 2 for …`) where no button is called exactly so.
   */
  press(title: string, options?: PressOptions): Promise<void>;
  /** Fills an input of the newest card that has one with this label. */
  fill(label: string, answer: Answer): Promise<void>;
  /** What stands in the input with this label, in the newest card that has one. */
  read(label: string): Promise<string>;
  /** The titles one can choose from in the input with this label, in the newest card that has one. */
  choices(label: string): Promise<string[]>;
  /** The newest card with this text, once there is one. */
  cardWith(text: string | RegExp): Promise<Locator>;
  /** The texts of the cards on the screen, oldest first. */
  cards(): Promise<string[]>;
  /** Everything in the open conversation (in a channel: in the thread), one text per message, after author and time. */
  messages(): Promise<string[]>;
  /** Waits until the text stands in the open conversation, in whichever message or card. */
  waitForText(text: string | RegExp, options?: { timeout?: number }): Promise<void>;
  /** Waits until the text stands nowhere in the open conversation. */
  waitForNoText(text: string | RegExp, options?: { timeout?: number }): Promise<void>;
  /** Saves what is on the screen as `screenshots/<name>.png`. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts Agents Playground on a free port against the bot, and opens its personal chat in Chromium. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { botUrl, as, viewport = { width: 1280, height: 1000 } } = options;
  const person = findPerson(as ?? people[0]?.name ?? '');
  const browser = await openBrowser();
  const { url, logPath, stop } = await runPlayground({ botUrl, port: 0, opensBrowser: false, person });

  const close = async () => {
    await browser.close();
    await stop();
    rmSync(logPath, { force: true });
  };
  try {
    const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'Europe/Warsaw' });
    // Its fonts would come from a server of Microsoft's.
    await page.route('**', (route) => (route.request().url().startsWith(url) ? route.continue() : route.abort()));
    await page.goto(url);
    // Until it has reached the bot, it shows people and chats of its own.
    await page.getByRole('toolbar').getByText(person.name).waitFor();
    await closeLogPanel(page);
    const playground = driverOf(page, url, close);
    await playground.openPersonalChat();
    return playground;
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * In a narrow window it would lie over the conversation. While the Playground is still setting itself up, a click may be
 * lost, or the panel come back.
 */
async function closeLogPanel(page: Page): Promise<void> {
  const panel = page.getByText('Log Panel', { exact: true });
  await panel.waitFor();
  for (let click = 0; click < 5 && (await panel.isVisible()); click += 1) {
    await page.getByTitle('Toggle Log Panel').click();
    await panel.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => undefined);
  }
  await panel.waitFor({ state: 'hidden', timeout: 1_000 });
}

function driverOf(page: Page, url: string, close: () => Promise<void>): Playground {
  let place: 'personal' | 'group' | 'channel' = 'personal';
  // The thread being talked in, by the id of its heading, which stays as long as the channel is open.
  let thread: string | undefined;

  // The right part of the window: the open conversation with the box to write in.
  const pane = page.locator(
    'xpath=//*[@role="region"][@aria-label="Chat and Teams Channel"]/../../following-sibling::*[1]',
  );
  const headings = pane.locator('[id^="fui-CardHeader"]');
  const threadOf = (heading: string) => pane.locator(`[role="group"]:has([id="${heading}"])`);
  const conversation = () => (thread ? threadOf(thread) : pane);
  const allCards = () => conversation().locator('.ac-adaptiveCard');

  async function open(name: string, kind: typeof place): Promise<void> {
    // In a narrow window the list of conversations lies outside; the event reaches it all the same.
    await page.getByRole('treeitem', { name, exact: true }).dispatchEvent('click');
    await pane
      .getByText(kind === 'channel' ? 'Start a new post' : 'Type a message...')
      .first()
      .waitFor();
    place = kind;
    thread = undefined;
  }

  async function write(box: Locator, text: string): Promise<void> {
    await box.click();
    if (place !== 'personal') {
      await page.keyboard.type('@');
      await page.getByRole('menuitem').filter({ hasText: botName }).click();
      await page.keyboard.type(' ');
    }
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }

  async function post(text: string): Promise<void> {
    const before = await drawn();
    await write(pane.getByRole('textbox').first(), text);
    await headings.nth(before.length).waitFor();
    // The newest stands first, below the box to write in.
    const [, id = ''] = await idsOf(headings);
    if (before.includes(id) || !(await threadOf(id).innerText()).includes(text))
      throw new Error(`No thread began with "${text}"`);
    thread = id;
  }

  /** The headings once the threads of before are drawn too: an older one must not be taken for the one begun now. */
  async function drawn(): Promise<string[]> {
    for (let before: string[] = []; ; ) {
      const ids = await idsOf(headings);
      if (ids.length > 0 && ids.join() === before.join()) return ids;
      before = ids;
      await page.waitForTimeout(250);
    }
  }

  async function cardWith(text: string | RegExp): Promise<Locator> {
    const card = allCards().filter({ hasText: text }).last();
    await card.waitFor();
    return card;
  }

  async function messages(): Promise<string[]> {
    // Every message has a heading with this button. The first one of a thread is built differently.
    const more = 'button[aria-label="Show more information"]';
    const message = conversation().locator(`div:has(> div > div > ${more}):not([id^="fui-CardHeader"])`);
    const texts = await message.allInnerTexts();
    if (thread) texts.unshift((await conversation().locator(':scope > *').allInnerTexts()).slice(0, 2).join('\n'));
    return texts.map(tidy);
  }

  return {
    page,
    url,
    openPersonalChat: () => open('Personal Chat', 'personal'),
    openGroupChat: () => open('Licence desk', 'group'),
    openTeamChannel: (channel = 'General') => open(`Software sales - ${channel}`, 'channel'),

    async say(text) {
      if (place === 'channel' && !thread) return post(text);
      await write(conversation().getByRole('textbox').last(), text);
    },
    post,

    async press(title, { nth, isAnswered = true } = {}) {
      const beginning = new RegExp(`^${RegExp.escape(title)}(?![\\p{L}\\p{N}])`, 'u');
      await allCards().getByRole('button', { name: beginning }).last().waitFor();
      const exact = allCards().getByRole('button', { name: title, exact: true });
      const buttons = (await exact.count()) > 0 ? exact : allCards().getByRole('button', { name: beginning });
      const button = nth === undefined ? buttons.last() : buttons.nth(nth);
      if (!isAnswered) return button.click();

      const [response] = await Promise.all([page.waitForResponse(isAnswer), button.click()]);
      await response.finished();
      // Until what came with the answer is drawn.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    },

    fill: async (label, answer) => fillInput(await cardWith(label), label, answer),
    read: async (label) => readInput(await cardWith(label), label),
    choices: async (label) => choicesOf(await cardWith(label), label),
    cardWith,
    cards: async () => (await allCards().allInnerTexts()).map(tidy),
    messages,

    async waitForText(text, { timeout = 15_000 } = {}) {
      try {
        await conversation().filter({ hasText: text }).waitFor({ timeout });
      } catch (cause) {
        throw new Error(`"${text}" did not come. On the screen:\n${(await messages()).join('\n')}`, { cause });
      }
    },
    async waitForNoText(text, { timeout = 15_000 } = {}) {
      await conversation().filter({ hasNotText: text }).waitFor({ timeout });
    },

    async screenshot(name) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
    close,
  };
}

/** Of `Action.Execute` and `Action.Submit`: the Playground answers the page when the bot has answered. */
function isAnswer(response: Response): boolean {
  return /\/_conversation\/v1\/(invoke|submit)$/.test(new URL(response.url()).pathname);
}

async function idsOf(elements: Locator): Promise<string[]> {
  const ids = await Promise.all((await elements.all()).map((element) => element.getAttribute('id')));
  return ids.filter((id) => id !== null);
}

function tidy(text: string): string {
  return text.replace(/\s*\n\s*/g, '\n').trim();
}
