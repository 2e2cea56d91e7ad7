import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

/** What is put into an input: text or number, the title of a choice, several titles, or a tick. */
export type Answer = string | number | boolean | readonly string[];

/**
 * Fills the input with this label as a person does, whatever kind it is: text, number, toggle, and choice sets drawn as
 * a list, with a filter, or expanded. Choices are named by their titles.
 */
export async function fillInput(card: Locator, label: string, answer: Answer): Promise<void> {
  const input = inputIn(card, label).first();
  await input.waitFor();
  const role = await input.getAttribute('role');
  const type = await input.getAttribute('type');

  if ((await input.getAttribute('aria-haspopup')) === 'dialog') return chooseDay(input, String(answer));
  if (role === 'combobox') return choose(input, String(answer));
  if (role === 'radiogroup')
    return input.getByRole('radio', { name: String(answer), exact: true }).check({ force: true });
  if (type === 'checkbox') return tick(card, label, answer);
  await input.fill(String(answer));
}

/** What stands in the input with this label; of a list the title of the choice. */
export async function readInput(card: Locator, label: string): Promise<string> {
  const input = inputIn(card, label).first();
  if ((await input.getAttribute('role')) !== 'radiogroup') return input.inputValue();
  const chosen = input.locator('input:checked');
  const id = (await chosen.count()) === 0 ? null : await chosen.getAttribute('id');
  return id === null ? '' : input.locator(`label[for="${id}"]`).innerText();
}

/** The choices behind the input with this label. */
export async function choicesOf(card: Locator, label: string): Promise<string[]> {
  const input = inputIn(card, label).first();
  if ((await input.getAttribute('role')) === 'radiogroup') return input.locator('label').allInnerTexts();
  await input.click();
  const options = card.page().getByRole('option');
  await options.first().waitFor();
  const titles = await options.allInnerTexts();
  await input.press('Escape');
  return titles;
}

/** A required input has a star after its label. The arrow of a list bears the label too, and is left out. */
function inputIn(card: Locator, label: string): Locator {
  return card
    .getByLabel(new RegExp(`^\\s*${RegExp.escape(label)}\\s*\\*?\\s*$`))
    .and(card.page().locator('input, textarea, [role="radiogroup"]'));
}

async function choose(input: Locator, title: string): Promise<void> {
  await input.click();
  // Typing narrows the list down; what stood there before would narrow it to itself.
  await input.fill(title);
  await input.page().getByRole('option', { name: title, exact: true }).click();
  const shown = await input.inputValue();
  // Of a list that is searched while typing, Playground shows the value of what was chosen in place of its title.
  if (shown !== title) assert.match(shown, searchedValue);
}

/** A customer's id; a product's, with its edition. */
const searchedValue = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Z]{12}(:[0-9A-Z]{4})?)$/;

/** In the calendar that opens: a day of the month that it shows. */
async function chooseDay(input: Locator, day: string): Promise<void> {
  await input.click();
  const calendar = input.page().getByRole('grid');
  await calendar
    .getByRole('button')
    .filter({ hasText: new RegExp(`^${day}$`) })
    .first()
    .click();
  assert.notEqual(await input.inputValue(), '');
}

async function tick(card: Locator, label: string, answer: Answer): Promise<void> {
  if (typeof answer === 'boolean') return inputIn(card, label).setChecked(answer, { force: true });
  for (const title of [answer].flat()) {
    await card.getByRole('checkbox', { name: String(title), exact: false }).check({ force: true });
  }
}
