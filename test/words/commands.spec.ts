import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Command, nearestCommand, readCommand, readControl, spellings } from '../../src/words/commands.ts';
import { controlSpellings } from '../../src/words/spellings.ts';

describe('what somebody types', () => {
  for (const [command, words] of Object.entries(spellings)) {
    for (const word of words) {
      it(`"${word}" is ${command}, in any case, with marks and accents or without`, () => {
        const bare = word
          .normalize('NFD')
          .replace(/\p{Diacritic}/gu, '')
          .replaceAll('ł', 'l');
        const variants = [
          word,
          word.toUpperCase(),
          `  ${word}  `,
          `/${word}`,
          `${word}!`,
          `${word}.`,
          `„${word}”`,
          bare,
          word.normalize('NFD'),
        ];
        for (const text of word === '?' ? [word, ' ? '] : [...variants, `${word}?`])
          assert.deepEqual([readCommand(text)?.command, readCommand(text)?.rest], [command, ''], text);
      });
    }
  }

  const understood: [string, Command, string][] = [
    ['buy Contoso', 'buy', 'Contoso'],
    ['Please buy Contoso', 'buy', 'Contoso'],
    ['buy Contoso please', 'buy', 'Contoso'],
    ['Could you please cancel 1a2b3c4d5e6f?', 'cancel', '1a2b3c4d5e6f'],
    ['I want to cancel order no. 1a2b3c4d5e6f, thanks!', 'cancel', '1a2b3c4d5e6f'],
    ['cancel #1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['cancel: 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['keys for order 1A2b3C4d5E6f', 'keys', '1A2b3C4d5E6f'],
    ['software of Contoso Ltd', 'software', 'Contoso Ltd'],
    ['software "Contoso Ltd"', 'software', 'Contoso Ltd'],
    ['software for “Contoso Ltd”!', 'software', 'Contoso Ltd'],
    ['show me the orders', 'orders', ''],
    ['show cases', 'cases', ''],
    ['who am i?', 'whoami', ''],
    ['Who Am I', 'whoami', ''],
    ['Hello, cancel 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['hi there', 'hi', 'there'],
    ['orders contoso.onmicrosoft.com', 'orders', 'contoso.onmicrosoft.com'],
    ['software The Phone Company', 'software', 'The Phone Company'],
    ['Kup Łódź Sp. z o.o', 'buy', 'Łódź Sp. z o.o'],
    ['proszę kupić dla Łódź', 'buy', 'Łódź'],
    ['poproszę klucze do zamówienia 1a2b3c4d5e6f', 'keys', '1a2b3c4d5e6f'],
    ['ANULUJ ZAMOWIENIE 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['Pokaż zamówienia klienta Contoso', 'orders', 'Contoso'],
    ['chcę zamówić', 'buy', ''],
    ['przypomnij 1a2b3c4d5e6f, dziękuję', 'remind', '1a2b3c4d5e6f'],
    ['show the audit log of Contoso', 'audit', 'Contoso'],
    ['audit log, please', 'audit', ''],
    ['Dziennik zamówienia 1a2b3c4d5e6f', 'audit', '1a2b3c4d5e6f'],
    ['`orders contoso`', 'orders', 'contoso'],
    ['``buy`` contoso', 'buy', 'contoso'],
    ['orders `contoso`', 'orders', 'contoso'],
    ['**orders** contoso', 'orders', 'contoso'],
    ['_orders_ *contoso*', 'orders', 'contoso'],
    ['"orders" contoso', 'orders', 'contoso'],
    ['• orders contoso', 'orders', 'contoso'],
    ['- orders contoso', 'orders', 'contoso'],
    ['2. orders contoso', 'orders', 'contoso'],
    ['# orders contoso', 'orders', 'contoso'],
    ['> orders contoso', 'orders', 'contoso'],
    ['orders <contoso>', 'orders', 'contoso'],
    ['orders [contoso]', 'orders', 'contoso'],
    ['(orders contoso)', 'orders', 'contoso'],
    ['orders "Contoso (Poland)"', 'orders', 'Contoso (Poland)'],
    ['orders Contoso (Poland)', 'orders', 'Contoso (Poland)'],
    ['orders contoso)', 'orders', 'contoso'],
    ["orders 'contoso'", 'orders', 'contoso'],
    ['software „Łódź”', 'software', 'Łódź'],
    ['^orders contoso', 'orders', 'contoso'],
    ['´orders contoso´', 'orders', 'contoso'],
    ['cancel order: 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['cancel order no.: 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['cancel order id 1a2b3c4d5e6f', 'cancel', '1a2b3c4d5e6f'],
    ['cancel (1a2b3c4d5e6f)', 'cancel', '1a2b3c4d5e6f'],
    ['cancel the order "1a2b3c4d5e6f" please', 'cancel', '1a2b3c4d5e6f'],
    ['cancel 1a2b3c4d5e6f fyi', 'cancel', '1a2b3c4d5e6f'],
    ['Um, okay, so please cancel order 1a2b3c4d5e6f period', 'cancel', '1a2b3c4d5e6f'],
    ['Orders Contoso full stop', 'orders', 'Contoso'],
    ['Zamówienia Contoso kropka', 'orders', 'Contoso'],
    ['software No Limits', 'software', 'No Limits'],
    ['dzień dobry', 'hi', ''],
    ['DZIEN DOBRY!!!', 'hi', ''],
  ];
  for (const [text, command, rest] of understood) {
    it(`"${text}" is ${command} with "${rest}"`, () => {
      const read = readCommand(text);
      assert.deepEqual([read?.command, read?.rest], [command, rest]);
    });
  }

  for (const text of [
    '',
    '   ',
    '!!!',
    'buyer',
    'ordering',
    'casework',
    'keysmith',
    'cancellation policy',
    "cancel's",
    'the period',
    'what is the weather',
    'Windows Server',
    'zamknij',
  ]) {
    it(`"${text}" is no command`, () => {
      assert.equal(readCommand(text), undefined);
    });
  }

  it('keeps what comes after the command as it was typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9żółćęśąźńŻÓŁ&-]{4,20}$/), (name) => {
        fc.pre(!/^(order|number|customer|from|klienta|numer|spr|zam|[-])/i.test(name) && !/-$/.test(name));
        assert.equal(readCommand(`orders ${name}`)?.rest, name);
      }),
    );
  });

  it('never makes reading fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readCommand(text);
        readControl(text);
        nearestCommand(text);
      }),
    );
  });
});

describe('a word in the middle of a conversation', () => {
  for (const [control, words] of Object.entries(controlSpellings)) {
    for (const word of words) {
      it(`"${word}" is ${control}`, () => {
        for (const text of [word, word.toUpperCase(), `${word}!`, ` ${word} `, `${word} please`])
          assert.equal(readControl(text), control, text);
      });
    }
  }

  it('counts only when it stands alone: a sentence is an answer', () => {
    for (const text of ['back to the old version', 'the customer wants it back', 'saved', 'edition'])
      assert.equal(readControl(text), undefined, text);
  });
});

describe('a near miss', () => {
  const near: [string, Command][] = [
    ['softwre contoso', 'software'],
    ['sofware', 'software'],
    ['cancle 123', 'cancel'],
    ['cncel', 'cancel'],
    ['helpp', 'help'],
    ['kluze', 'keys'],
    ['anuluuj', 'cancel'],
    ['Pomco', 'help'],
    ['szkcie', 'drafts'],
  ];
  for (const [text, command] of near) {
    it(`"${text}" suggests ${command}`, () => {
      assert.equal(nearestCommand(text), command);
    });
  }

  for (const text of [
    '',
    'x',
    'ok',
    'nonsense',
    'what is the weather',
    'Windows',
    '12345',
    'his',
    'żółw',
    '¯\\_(ツ)_/¯',
  ]) {
    it(`"${text}" suggests nothing`, () => {
      assert.equal(nearestCommand(text), undefined);
    });
  }
});
