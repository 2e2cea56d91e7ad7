import assert from 'node:assert/strict';
import { createLanguages, type Language, languageOf } from '../../../src/domain/people/languages.ts';
import type { PersonReference, PlaceReference } from '../../../src/domain/people/references.ts';

const reach = { serviceUrl: 'https://teams.example', tenantId: 't', bot: { id: '28:bot', name: 'Software Desk' } };
const person = (personId: string, locale?: string): PersonReference => ({
  ...reach,
  ...{ personId, name: personId, channelUserId: `29:${personId}`, timeZone: 'Europe/Warsaw' },
  ...(locale !== undefined && { locale }),
});
const thread = (n: number): PlaceReference => ({
  ...reach,
  place: { id: `19:channel;messageid=${n}`, kind: 'channel' },
  teamId: '19:team',
});
const group: PlaceReference = { ...reach, place: { id: '19:group', kind: 'group' } };
const chatOf = (personId: string): PlaceReference => ({
  ...reach,
  ...{ place: { id: `a:${personId}`, kind: 'personal' }, personId },
});

describe('the language of a card', () => {
  let asked: (readonly string[])[];
  let time: number;
  let stored: Map<string, Language>;
  const ada = person('ada', 'pl-PL');
  const bea = person('bea', 'it-IT');
  const places = [thread(1), thread(2), group, chatOf('ada'), chatOf('bea')];

  const start = () =>
    createLanguages({
      choices: {
        async of(keys) {
          asked.push(keys);
          return new Map(stored);
        },
        put: async (key, language) => void stored.set(key, language),
      },
      references: {
        place: async (id) => places.find(({ place }) => place.id === id),
        person: async (id) => [ada, bea].find(({ personId }) => personId === id),
      },
      byDefault: 'de',
      now: () => time,
    });
  beforeEach(() => {
    asked = [];
    time = 0;
    stored = new Map();
  });

  it('is by the tag of the device, in any region, where it is one that is spoken', () => {
    assert.deepEqual(['pl-PL', 'PL', 'fr_CA', 'es-419', 'it-IT', '', 'plx'].map(languageOf), [
      ...['pl', 'pl', 'fr', 'es'],
      ...[undefined, undefined, undefined],
    ]);
  });

  it('is in a personal chat the one of the device, else the default', async () => {
    const languages = start();

    assert.deepEqual(await languages.of(ada, chatOf('ada')), { own: 'pl', shared: 'pl' });
    assert.deepEqual(await languages.of(bea, chatOf('bea')), { own: 'de', shared: 'de' });
    assert.deepEqual(await languages.of(person('new'), chatOf('new')), { own: 'de', shared: 'de' });
  });

  it('is in a channel the default until somebody chooses, and then the same in each thread of the team', async () => {
    const languages = start();
    assert.deepEqual(await languages.of(ada, thread(1)), { own: 'pl', shared: 'de' });

    await languages.choose({ placeId: thread(1).place.id, by: 'ada' }, 'fr');

    assert.deepEqual(await languages.of(ada, thread(2)), { own: 'pl', shared: 'fr' });
    assert.deepEqual(await languages.of(bea, group), { own: 'de', shared: 'de' });
    assert.equal((await languages.reader({ placeId: thread(2).place.id })).language, 'fr');
  });

  it('is the one that a person chose, for what is theirs alone', async () => {
    const languages = start();
    await languages.choose({ personId: 'ada' }, 'es');

    assert.deepEqual(await languages.of(ada, thread(1)), { own: 'es', shared: 'de' });
    assert.deepEqual(await languages.reader({ personId: 'ada' }), { language: 'es', timeZone: 'Europe/Warsaw' });
    const targeted = await languages.reader({ placeId: thread(1).place.id, onlyFor: 'ada' });
    assert.equal(targeted.language, 'es');
  });

  it('is of a message in a personal chat the one of the person it belongs to', async () => {
    assert.equal((await start().reader({ placeId: 'a:ada' })).language, 'pl');
    assert.equal((await start().reader({ placeId: 'a:nobody' })).language, 'de');
  });

  it('is asked for once, person and team together, until a minute has passed', async () => {
    const languages = start();

    await languages.of(ada, thread(1));
    await languages.of(ada, thread(2));
    assert.deepEqual(asked, [['ada', '19:team']]);

    // Chosen in another process.
    stored.set('ada', 'fr');
    time = 59_000;
    assert.equal((await languages.of(ada, thread(1))).own, 'pl');
    time = 60_000;
    assert.equal((await languages.of(ada, thread(1))).own, 'fr');
    assert.equal(asked.length, 2);
  });
});
