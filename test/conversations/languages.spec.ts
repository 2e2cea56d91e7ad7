import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, ticketsNaming } from '../support/cancellation-steps.ts';
import type { CardView } from '../support/card-view.ts';
import type { Conversation } from '../support/conversation.ts';
import { englishIn } from '../support/english.ts';
import { untilCard } from '../support/purchase-steps.ts';

/** A card without a sentence in English. */
function inPolish(view: CardView): CardView {
  const labels = view.inputs.map(({ label }) => label);
  assert.deepEqual([view.text, ...view.buttons, ...labels].flatMap(englishIn), []);
  assert.equal(view.json.lang, 'pl');
  return view;
}

describe('somebody whose Teams is in Polish', () => {
  let app: TestApp;
  let ada: Conversation;
  before(async () => {
    app = await startTestApp({ KEY_REVEAL_SECONDS: '2' });
    ada = app.in('personal').speaking('pl-PL');
  });
  after(() => app.stop());

  it('is helped, and told who they are, in Polish', async () => {
    assert.match(inPolish(await ada.says('pomoc')).text, /oprogramowanie contoso/);
    assert.match(inPolish(await ada.says('kim jestem')).text, /agent administracyjny/);
  });

  it('buys in Polish', async () => {
    inPolish(await ada.says('kup contoso'));
    let card = await ada.goes('Sprawdź zamówienie', { Produkt: 'Windows Server 2022 Standard', Ilość: '2' });
    for (let press = 0; press < 2 && card.buttons.includes('Sprawdź zamówienie'); press += 1)
      card = await ada.goes(
        'Sprawdź zamówienie',
        card.inputs.some(({ label }) => label === 'Edycja') ? { Edycja: '16 Core' } : {},
      );

    assert.match(inPolish(card).text, /Ilość: 2/);
    assert.match(card.text.replace(/\s/g, ' '), /\d,\d\d EUR/);
    await ada.goes('Potwierdź');
    inPolish(await untilCard(app, ada, /Zamówiono: 2 ×/));
  });

  it('reads the lists in Polish', async () => {
    for (const command of ['oprogramowanie contoso', 'zamówienia contoso', 'szkice', 'sprawy', 'dziennik'])
      inPolish(await ada.says(command));
  });

  it('gets a key in Polish', async () => {
    inPolish(await ada.says('klucze e5db9b4bdf10'));
    const { card } = await ada.presses('Pokaż klucz', { Wersja: '2022', Język: 'Polish' });

    assert.match(inPolish(card ?? assert.fail('no card')).text, /SMPLE-/);
  });

  it('cancels in Polish, with a ticket in English', async () => {
    const order = await freshOrder(app);
    inPolish(await ada.says(`anuluj ${order}`));
    const form = await ada.goes('Przez zgłoszenie');
    const review = await ada.goes('Sprawdź zgłoszenie', {
      'Powód zwrotu': 'The customer ordered the wrong edition.',
      'E-mail kontaktowy': 'ada.nowak@partner.example',
      'Telefon kontaktowy': '+48 22 555 01 00',
    });
    // What goes to Microsoft is in English.
    for (const { text } of [form, review])
      assert.deepEqual(
        englishIn(text).filter((line) => !/The customer ordered/.test(line) && !/Refund for order/.test(line)),
        [],
      );
    await ada.goes('Wyślij');
    await untilCard(app, ada, /oczekuje na Microsoft/);

    const [ticket] = await ticketsNaming(app, order);
    assert.match(String(ticket?.title), /^Refund for order /);
    assert.match(
      String(ticket?.description),
      /^Customer tenant GUID or domain name: .*\nOrder ID or subscription ID: /,
    );
  });

  it('is understood in another language all the same, and answered in Polish', async () => {
    inPolish(await ada.says('orders contoso'));
    inPolish(await ada.says('hilfe'));
  });
});

describe('the language', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ DEFAULT_LANGUAGE: 'fr' });
  });
  after(() => app.stop());

  it('of a person is the one they choose, by typing it or by pressing', async () => {
    const ada = app.in('personal').speaking('es-ES');
    assert.match((await ada.says('idioma')).text, /Le escribo en español/);
    await ada.goes('Idioma: Deutsch');
    assert.match((await ada.says('help')).text, /Guten Tag/);
    assert.match((await ada.says('język polski')).text, /Od teraz piszę do Ciebie po polsku/);
    assert.match((await ada.says('help')).text, /Dzień dobry/);
  });

  it('of somebody whose own is not spoken is the one of the configuration', async () => {
    assert.match(
      (await app.in('personal').speaking('it-IT').says('help')).text,
      /^Ce que je peux faire pour vous[\s\S]*Bonjour/,
    );
  });

  it('that nobody speaks is not taken, and the others are offered', async () => {
    const ada = app.in('personal').speaking('en-GB');
    const asked = await ada.says('language klingon');

    assert.match(asked.text, /I do not speak "klingon"/);
    assert.deepEqual(asked.buttons, [
      ...['Language: English', 'Language: polski', 'Language: Deutsch', 'Language: français', 'Language: español'],
    ]);
  });

  it('of a channel is that of the configuration until one of the staff chooses, and then in all its threads', async () => {
    const [here, there] = [app.in('channel').speaking('pl-PL'), app.in('channel').speaking('pl-PL')];
    assert.match((await here.says('help')).text, /Bonjour/);

    assert.match((await here.as('hela').says('language polski')).text, /Od teraz to, co czytają tu wszyscy/);

    assert.match((await there.says('help')).text, /Dzień dobry/);
    assert.match((await here.says('orders contoso')).text, /Zamówienia klienta Contoso/);
    // Only this person gets to see why not.
    await here.says('kup contoso');
    const { said } = await here.as('bert').speaking('de-DE').presses('Sprawdź zamówienie');
    assert.match(said ?? '', /^Dies gehört Ada Nowak\./);
  });

  it('of a channel is not for strangers to choose', async () => {
    const stan = app.in('group', 'stan').speaking('en-GB');

    assert.match((await stan.says('language polski')).text, /^Vous n’êtes pas autorisé à consulter/);
    assert.match((await stan.says('help')).text, /Bonjour/);
  });
});
