import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, ticketsNaming } from '../support/cancellation-steps.ts';
import { type CardView, rowOf } from '../support/card-view.ts';
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
    await untilCard(app, ada, /oczekuje na firmę Microsoft/);
    // Its end is told here: not in the middle of what is said next.
    await app.advance(60);
    await untilCard(app, ada, /Anulowanie SD-\w+ zakończone: zamówienie/);

    const [ticket] = await ticketsNaming(app, order);
    assert.match(String(ticket?.title), /^Refund for order /);
    assert.match(
      String(ticket?.description),
      /^Customer tenant GUID or domain name: .*\nOrder ID or subscription ID: /,
    );
  });

  it('is asked for the ticket step by step in Polish, and gets a wrong amount back as it was typed', async () => {
    const order = await freshOrder(app);
    await ada.says(`anuluj ${order}`);
    await ada.goes('Przez zgłoszenie');
    inPolish(await ada.goes('Krok po kroku'));
    inPolish(await ada.goes('Dalej'));
    const asked = inPolish(await ada.goes('Dalej'));
    const amount = inPolish(await ada.says('Zamówiono niewłaściwą edycję.'));
    const refused = inPolish(await ada.says('sto złotych'));
    await ada.says('wstecz');
    const dropped = inPolish(await ada.says('odrzuć'));

    assert.match(asked.text, /Jaki jest powód zwrotu\?/);
    assert.match(amount.text, /O jaką kwotę chodzi\?/);
    assert.match(refused.text, /⚠ Podaj kwotę w walucie EUR, na przykład 1.234,50\./);
    assert.equal(refused.inputs[0]?.value, 'sto złotych');
    assert.match(String(refused.json.speak), /^Podaj /);
    assert.match(dropped.text, /^Odrzucono: Anulowanie zamówienia/);
  });

  it('keeps drafts and hands them over in Polish', async () => {
    const order = await freshOrder(app);
    const sara = app.in('personal', 'sara').speaking('pl-PL');
    const offered = inPolish(await sara.says(`anuluj ${order}`));
    const handed = inPolish(await sara.goes('Przekaż'));
    const listed = inPolish(await ada.says('szkice'));
    await ada.presses('Wznów', {}, { ...ada.card(), view: rowOf(listed, order) });
    const resumed = inPolish(ada.card().view);
    const saved = inPolish(await ada.goes('Zapisz na później'));

    assert.match(offered.text, /wysyła je agent administracyjny/);
    assert.match(handed.text, /^Przekazano: Anulowanie zamówienia/);
    assert.match(listed.text, new RegExp(`${order}[\\s\\S]*Sara Wilk`));
    assert.match(resumed.text, new RegExp(`Anulowanie zamówienia ${order}`));
    assert.match(saved.text, /^Zapisano: /);
  });

  it('is told in Polish what others may not, with whom to ask', async () => {
    const inRole = (who: 'hela' | 'sara' | 'stan') => app.in('personal', who).speaking('pl-PL');
    const helper = inPolish(await inRole('hela').says('kup contoso'));
    const seller = inPolish(await inRole('sara').says('klucze e5db9b4bdf10'));
    const stranger = inPolish(await inRole('stan').says('sprawy'));
    const unknown = inPolish(await ada.says('anuluj 0123456789ab'));

    assert.match(
      helper.text,
      /^Nie masz uprawnień, aby przygotować zamówienie\nTwoja rola to agent pomocy technicznej\./,
    );
    assert.match(
      seller.text,
      /^Nie masz uprawnień, aby widzieć klucze produktów[^\n]*\n.*Poproś agenta administracyjnego/,
    );
    assert.match(stranger.text, /^Nie masz uprawnień.*\nNie masz żadnej roli u partnera/);
    assert.match(unknown.text, /^Nie ma zamówienia ani subskrypcji „0123456789ab”/);
  });

  it('is told in Polish that a cancellation has completed', async () => {
    const order = await freshOrder(app);
    await ada.says(`anuluj ${order}`);
    const choice = ada
      .card()
      .view.input('Jaki jest powód zwrotu?')
      .choices.find(({ title }) => /dwa razy/.test(title));
    await ada.goes('Anuluj teraz', { 'Jaki jest powód zwrotu?': choice?.title ?? '' });
    await app.advance(60);

    inPolish(await untilCard(app, ada, new RegExp(`^Anulowanie SD-\\w+ zakończone: zamówienie ${order}`)));
  });

  it('is reminded in Polish', async () => {
    const order = await freshOrder(app);
    const set = inPolish(await ada.says(`przypomnij ${order}`));
    await app.advance(29 * 24 * 3600 + 3600);

    assert.match(set.text, new RegExp(`^Ustawiono przypomnienie dla zamówienia ${order}`));
    const isIt = (view: CardView): boolean => view.text.includes(order) && /można anulować/.test(view.text);
    const found = () => ada.cards().find(({ view }) => isIt(view) && !/^Ustawiono/.test(view.text))?.view;
    inPolish(await app.connector.until(found, 'the reminder'));
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
