import assert from 'node:assert/strict';
import { startTestApp, type TestApp } from '../support/app.ts';
import { freshOrder, orderIn } from '../support/cancellation-steps.ts';
import { orderNumberOn } from '../support/purchase-steps.ts';

/** What somebody types, and what the card says that it leads to. */
const leads: readonly (readonly [string, RegExp])[] = [
  [
    'buy 3 office ltsc standard 2024 for adventure works',
    /Please check the order[\s\S]*Adventure Works[\s\S]*Quantity: 3/,
  ],
  [
    'kup 2 x sql server 2022 standard core dla contoso',
    /Please check the order[\s\S]*SQL Server 2022 Standard - 2 Core[\s\S]*Quantity: 2/,
  ],
  [
    'bitte 5 Visio LTSC Standard 2024 für Contoso bestellen',
    /Please check the order[\s\S]*Visio LTSC Standard 2024[\s\S]*Quantity: 5/,
  ],
  [
    'je voudrais acheter deux Project Professional 2024 pour Fabrikam Polska',
    /Please check the order[\s\S]*Fabrikam Polska[\s\S]*Quantity: 2/,
  ],
  [
    'necesito 4 licencias de Access LTSC 2024 para Wingtip',
    /Please check the order[\s\S]*Access LTSC 2024[\s\S]*Quantity: 4/,
  ],
  [
    'for contoso please buy 10 x windows server 2022 datacenter',
    /Please check the order[\s\S]*Windows Server 2022 Datacenter[\s\S]*Quantity: 10/,
  ],
  ['3x WS2022 DC contoso', /Please check the order[\s\S]*Windows Server 2022 Datacenter[\s\S]*Quantity: 3/],
  [
    'windos sever 2022 datacentre 2 pcs for contoso, order please',
    /Please check the order[\s\S]*Windows Server 2022 Datacenter[\s\S]*Quantity: 2/,
  ],
  [
    'buy 4 windows server 2025 standard 16 core for contoso',
    /Please check the order[\s\S]*2025 Standard - 16 Core[\s\S]*Quantity: 4/,
  ],
  ['buy 999999999 visio ltsc standard 2024 for contoso', /Visio LTSC[\s\S]*1 (to|and) /],
  ['buy -3 visio ltsc standard 2024 for contoso', /The quantity must be a whole number[\s\S]*You entered: -3/],
  ['kup 2,5 visio ltsc standard 2024 dla contoso', /The quantity must be a whole number[\s\S]*You entered: 2[.,]5/],
  [
    'how much is visio ltsc standard 2024 for contoso?',
    /Buy for Contoso Ltd\nVisio LTSC Standard 2024[\s\S]*Price of one/,
  ],
  [
    'ile kosztuje visio ltsc standard 2024 dla contoso',
    /Buy for Contoso Ltd\nVisio LTSC Standard 2024[\s\S]*Price of one/,
  ],
  [
    'was kostet Visio LTSC Standard 2024 für Contoso?',
    /Buy for Contoso Ltd\nVisio LTSC Standard 2024[\s\S]*Price of one/,
  ],
  ['prix de visio ltsc standard 2024 pour contoso', /Buy for Contoso Ltd\nVisio LTSC Standard 2024[\s\S]*Price of one/],
  [
    'cuánto cuesta visio ltsc standard 2024 para contoso',
    /Buy for Contoso Ltd\nVisio LTSC Standard 2024[\s\S]*Price of one/,
  ],
  ['what can I do?', /What you can ask me for/],
  ['what can I do about order e5db9b4bdf10?', /Orders of Contoso Ltd/],
  ['price industries', /I did not understand/],
  ['keys 999', /order[\s\S]*999/i],
  ['anuluj 12345', /zamówieni[\s\S]*12345|order[\s\S]*12345/i],
  ['buy 3 windows server 2025 datacenter for contoso', /Which edition of Windows Server 2025 Datacenter\?/],
  [
    'buy windows server 2022 datacenter for contoso',
    /Buy for Contoso Ltd\nWindows Server 2022 Datacenter.*: how many, and how\?/,
  ],
  ['buy windows server for contoso', /Buy for Contoso Ltd\nWhich software, and how many\?/],
  [
    'buy 2 exchange server 2019 for contoso',
    /Buy for Contoso Ltd[\s\S]*Nothing that can be ordered here is called "exchange server 2019"/,
  ],
  ['buy 2 windows server 2022 datacenter for fabrikam', /For which customer\?/],
  ['buy 2 windows server 2022 datacenter', /For which customer\?/],
  ['buy 2 office ltsc standard 2024 for contosso', /No customer matches "contosso"/],
  ['buy best for you organics', /Buy for Best For You Organics Company/],
  ['kup dla zaklady zolw', /Buy for Zakłady Żółw/],
  ['keys windows server 2022 for contoso', /Contoso Ltd[\s\S]*e5db9b4bdf10|version|Version/i],
  ['die Schlüssel für Contoso', /Contoso Ltd/],
  ['cancel the office order of fabrikam', /Several customers match "fabrikam"/],
  ['e5db9b4bdf10', /e5db9b4bdf10/],
  ['could you have a look at order e5db9b4bdf10 for me?', /Contoso Ltd[\s\S]*e5db9b4bdf10/],
  ['Bestellung e5db9b4bdf10 stornieren bitte', /e5db9b4bdf10/],
  ['software for The Phone Company', /Software of The Phone Company|The Phone Company has no software/],
  ['pedidos de Adventure Works', /Orders of Adventure Works/],
  ['commandes du client Contoso', /Orders of Contoso Ltd/],
  ['merci beaucoup !', /You are welcome/],
  ['ok thanks', /You are welcome/],
  ['remind', /Which customer\?/],
  ['my orders', /No orders of yours here/],
  ['please do not cancel e5db9b4bdf10', /I did not understand/],
  ['where is the coffee machine', /I did not understand/],
  ['order was placed twice by mistake', /I did not understand/],
  ['order e5db9b4bdf10 was placed twice, cancel it', /Cancel order e5db9b4bdf10/],
  ['was kann ich hier tun?', /What you can ask me for/],
  ['what can I do here?', /What you can ask me for/],
  ['co mogę tu zrobić?', /What you can ask me for/],
];

describe('a whole sentence', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  for (const [text, expected] of leads)
    it(`"${text}" leads there`, async () => {
      const card = await app.in('channel').says(text);

      assert.match(card.text, expected);
    });

  it('goes on with all it said once what was open is answered', async () => {
    const ada = app.in('channel');
    await ada.says('buy 2 windows server 2022 datacenter for fabrikam');

    const review = await ada.says('polska');

    assert.match(review.text, /Please check the order[\s\S]*Fabrikam Polska[\s\S]*Quantity: 2/);
  });

  describe('where an order is reviewed', () => {
    for (const [text, expected] of [
      ['make it 10', /Quantity: 10[\s\S]*Total: 2,668\.00 EUR/],
      ['7', /Quantity: 7/],
      ['make it 1,000.', /Quantity: 1,?000/],
      ['x5', /Quantity: 5/],
      ['for 3 years', /Please press a button[\s\S]*Quantity: 2\n/],
      ['office 2021 instead', /Please press a button[\s\S]*Quantity: 2\n/],
      ['2025', /Please press a button[\s\S]*Quantity: 2\n/],
      ['how much is it?', /Please press a button[\s\S]*Quantity: 2\n/],
      ['add 3', /Please press a button[\s\S]*Quantity: 2\n/],
      ['zmień na 3 sztuki', /Quantity: 3/],
      ['2.5', /You entered: 2\.5[\s\S]*Quantity: 2\n/],
      ['one moment please', /Please press a button[\s\S]*Quantity: 2\n/],
      ['5 more', /Please press a button[\s\S]*Quantity: 2\n/],
    ] as const)
      it(`"${text}" is taken for another quantity, or for none`, async () => {
        const ada = app.in('channel');
        await ada.says('buy 2 visio ltsc standard 2024 for contoso');

        const review = await ada.says(text);

        assert.match(review.text, /Please check the order/);
        assert.match(review.text, expected);
      });
  });

  describe('where a refund waits for its reason', () => {
    let order: string;
    before(async () => {
      order = await freshOrder(app);
    });

    it('takes a typed title of a button for that button, in any language', async () => {
      for (const title of ['Cancel now', 'Anuluj teraz', 'Jetzt stornieren']) {
        const ada = app.in('channel');
        await ada.says(`cancel ${order}`);

        const card = await ada.says(title);

        assert.match(card.text, new RegExp(order), title);
        assert.doesNotMatch(card.text, /Which customer/, title);
      }
    });

    for (const [text, reason] of [
      ['the customer ordered it twice', 'the customer ordered it twice'],
      ['klient się rozmyślił', 'klient się rozmyślił'],
      ['order was placed twice by mistake', 'order was placed twice by mistake'],
      ['keys do not work', 'keys do not work'],
      ['refund requested by the customer', 'refund requested by the customer'],
      ['Bestellung wurde doppelt ausgelöst', 'Bestellung wurde doppelt ausgelöst'],
      ['zamówienie zostało złożone dwa razy', 'zamówienie zostało złożone dwa razy'],
      ['commande passée en double', 'commande passée en double'],
      ['pedido duplicado por error', 'pedido duplicado por error'],
      ['how many days are left for this one?', ''],
      ['ada.nowak@partner.example', ''],
      ['+48 600 700 800', ''],
      ['ada.nowak@partner.example, +48 600 700 800', ''],
    ] as const)
      it(`"${text}" is ${reason ? 'the reason' : 'none'}`, async () => {
        const ada = app.in('channel');
        await ada.says(`cancel ${order}`);

        const card = await ada.says(text);

        assert.match(card.text, /Cancel order/);
        assert.equal(card.input('Reason for the refund').value, reason);
        assert.equal(/That is no reason for a refund/.test(card.text), !reason);
        assert.ok(ada.cards().every(({ view }) => !/meant as a command/.test(view.text)));
      });
  });

  describe('that names several products', () => {
    const [server, cal] = [
      '3 × Windows Server 2022 Datacenter - 16 Core License Pack',
      '5 × Windows Server 2022 CAL - 1 User CAL',
    ];
    const visio = '2 × Visio LTSC Standard 2024';

    it('becomes one order with a line for each', async () => {
      const ada = app.in('channel');

      const review = await ada.says(
        'buy 3 windows server 2022 datacenter, 5 windows server 2022 user cals and 2 visio ltsc standard 2024 for contoso',
      );
      await ada.goes(review.buttons[0] ?? '');

      for (const line of [server, cal, visio]) assert.ok(review.text.includes(line), `${line}\n${review.text}`);
      assert.match(review.text, /Please check the order/);
      await app.connector.until(
        async () => (await app.state('orders')).orders.some(({ lineItems }) => lineItems.length === 3),
        'an order with three lines',
      );
    });

    for (const [locale, sentence, then, check] of [
      [
        'en-GB',
        'buy 3 windows server 2025 datacenter and 2 visio ltsc for contoso',
        'Then: 2 × visio ltsc.',
        /Please check the order/,
      ],
      [
        'pl-PL',
        'kup 3 windows server 2025 datacenter i 2 visio ltsc dla contoso',
        'Następnie: 2 × visio ltsc.',
        /Sprawdź zamówienie/,
      ],
    ] as const)
      it(`asks what is open of each, one after the other, and loses none (${locale})`, async () => {
        const ada = app.in('personal').speaking(locale);

        const first = await ada.says(sentence);
        const second = await ada.says('16 core');
        const typed = await ada.says('standard 2024');

        const [list] = second.inputs;
        assert.ok(first.text.includes(then), first.text);
        assert.match(second.text, /3 × Windows Server 2025 Datacenter - 16 Core License Pack/);
        assert.ok((list?.choices.length ?? 0) > 1);
        for (const { title } of list?.choices ?? []) assert.match(title, /Visio LTSC/);
        assert.match(JSON.stringify(second.json), /"value":"?2"?/);
        assert.match(typed.text, check);
        assert.ok(typed.text.includes('3 × Windows Server 2025 Datacenter - 16 Core License Pack'), typed.text);
        assert.ok(typed.text.includes(visio), typed.text);
      });

    it('keeps them where the customer is still to be chosen', async () => {
      const ada = app.in('channel');
      await ada.says('buy 3 windows server 2022 datacenter and 2 visio ltsc standard 2024 for fabrikam');

      const review = await ada.says('polska');

      assert.match(review.text, /Please check the order[\s\S]*Fabrikam Polska/);
      for (const line of [server, visio]) assert.ok(review.text.includes(line), review.text);
    });

    it('says what is not sold of them, and leaves it out only once that was asked back', async () => {
      const ada = app.in('channel');
      const asked = await ada.says('buy 3 windows server 2022 datacenter and 2 visio 2016 for contoso');

      const back = await ada.goes('Review order');
      const review = await ada.goes('Review order');

      assert.match(asked.text, /Nothing that can be ordered here is called "visio 2016"/);
      assert.ok(asked.text.includes(server), asked.text);
      assert.match(back.text, /Nothing is chosen yet for "visio 2016"/);
      assert.match(review.text, /Please check the order[\s\S]*Quantity: 3/);
      assert.doesNotMatch(review.text, /Visio/);
    });

    it('is an answer too where the product is asked for', async () => {
      const ada = app.in('channel');
      await ada.says('buy contoso');

      const review = await ada.says('3 windows server 2022 datacenter and 2 visio ltsc standard 2024');

      assert.match(review.text, /Please check the order/);
      for (const line of [server, visio]) assert.ok(review.text.includes(line), review.text);
    });

    it('is not taken apart at a title, nor at a name', async () => {
      const ada = app.in('channel');

      const plus = await ada.says('buy 2 office ltsc professional plus 2024 for contoso');
      const two = await ada.says('buy 2 visio ltsc standard 2024 for contoso and 3 access ltsc 2024 for wingtip');

      assert.match(plus.text, /Please check the order[\s\S]*Office LTSC Professional Plus 2024[\s\S]*Quantity: 2/);
      assert.match(
        two.text,
        /For which customer\?\n⚠ One order is for one customer: please order for each of them on its own\./,
      );
    });
  });

  it('that says only how many, where software is asked for, is kept; and what is not sold is named', async () => {
    const ada = app.in('personal').speaking('pl-PL');
    await ada.says('kup dla contoso');

    const counted = await ada.says('dwa');
    const unknown = await ada.says('bigos');
    const review = await ada.says('visio ltsc standard 2024');

    assert.equal(counted.input('Ilość').value, '2');
    assert.doesNotMatch(counted.text, /⚠/);
    assert.match(unknown.text, /⚠ Nic, co można tu zamówić, nie nazywa się „bigos”\./);
    assert.match(review.text, /Ilość: 2/);
  });

  for (const [locale, cancelled, now, ask, reason] of [
    ['en-GB', 'cancel', 'Cancel now', /Why is it returned\?/, 'The customer ordered twice.'],
    ['pl-PL', 'anuluj', 'anuluj teraz', /Jaki jest powód zwrotu/, 'Klient zamówił dwa razy.'],
  ] as const)
    it(`that is the title of a button is that button, asked back where it costs money (${locale})`, async () => {
      const ada = app.in('personal').speaking(locale);
      const number = await freshOrder(app);
      await ada.says(`${cancelled} ${number}`);

      const asked = await ada.says(now);
      const review = await ada.says(reason);
      const { orders } = await app.state('orders');

      assert.match(asked.text, ask);
      assert.match(review.text, new RegExp(reason));
      assert.equal(orderIn({ orders }, number).status, 'completed');
    });

  it('does not take the place of an answer in words', async () => {
    const ada = app.in('channel');
    await ada.says('cancel e5db9b4bdf10');
    await ada.says('step by step');
    await ada.goes('Next');
    await ada.goes('Next');

    await ada.says('they want to buy 3 windows server 2025 for contoso instead');

    assert.match(ada.cards().at(-2)?.view.text ?? '', /they want to buy 3 windows server 2025 for contoso instead/);
  });

  it('makes the list of products shorter when its words are typed there', async () => {
    const ada = app.in('channel');
    await ada.says('buy contoso');

    const list = await ada.says('datacenter');

    const titles = list.input('Product').choices.map(({ title }) => title);
    assert.ok(titles.length > 1 && titles.every((title) => title.includes('Datacenter')), titles.join());
  });

  it('about an order of one’s own leads to it', async () => {
    const ada = app.in('personal').as('gert');
    await ada.says('buy 2 access ltsc 2024 for wingtip');
    const number = orderNumberOn(await ada.goes('Confirm'));

    const cancelled = await ada.says('cancel my order please');
    await ada.says('buy 3 visio ltsc standard 2024 for wingtip');
    await ada.goes('Confirm');
    const asked = await ada.says('meine bestellungen');

    assert.match(cancelled.text, new RegExp(`Order ${number} is still being processed by Microsoft`));
    assert.match(asked.text, /Which of your orders\?/);
    assert.match(asked.input('Order or subscription ID').choices[0]?.title ?? '', /3 × Visio LTSC Standard 2024/);
  });

  it('yes confirms only when it is said twice, and no does nothing', async () => {
    const before = (await app.state()).orders.length;
    const ada = app.in('channel');
    await ada.says('buy 2 access ltsc 2024 for tailspin');

    const once = await ada.says('yes');
    const refused = await ada.says('no');
    const again = await ada.says('tak');
    const between = (await app.state()).orders.length;
    const ordered = await ada.says('yes please');

    assert.match(once.text, /Type "yes" once more, or press the button/);
    assert.match(refused.text, /Nothing was ordered, cancelled or sent/);
    assert.match(again.text, /Type "yes" once more/);
    assert.equal(between, before);
    assert.match(ordered.text, /Ordered: 2 × Access LTSC 2024/);
    assert.equal((await app.state()).orders.length, before + 1);
    assert.match((await ada.says('yes')).text, /I did not understand "yes"/);
  });

  it('yes said twice to a review that was drawn anew counts once', async () => {
    const ada = app.in('channel');
    await ada.says('buy 2 access ltsc 2024 for tailspin');
    await ada.says('yes');
    await ada.says('edit');
    await ada.says('3');

    const asked = await ada.says('yes');

    assert.match(asked.text, /Quantity: 3/);
    assert.match(asked.text, /Type "yes" once more/);
  });
});
