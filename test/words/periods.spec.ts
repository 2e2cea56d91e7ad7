import assert from 'node:assert/strict';
import { readDays, spanOf } from '../../src/words/periods.ts';

// A Sunday.
const now = new Date('2026-11-29T12:00:00Z');
const zone = 'Europe/Warsaw';

describe('the days that somebody names', () => {
  const meant: readonly [string, string, string, string?][] = [
    ['today', '2026-11-29', '2026-11-29'],
    ['dzisiaj', '2026-11-29', '2026-11-29'],
    ['yesterday', '2026-11-28', '2026-11-28'],
    ['wczoraj', '2026-11-28', '2026-11-28'],
    ['gestern', '2026-11-28', '2026-11-28'],
    ['hier', '2026-11-28', '2026-11-28'],
    ['ayer', '2026-11-28', '2026-11-28'],
    ['last week', '2026-11-16', '2026-11-22'],
    ['w zeszłym tygodniu', '2026-11-16', '2026-11-22'],
    ['letzte Woche', '2026-11-16', '2026-11-22'],
    ['la semaine dernière', '2026-11-16', '2026-11-22'],
    ['la semana pasada', '2026-11-16', '2026-11-22'],
    ['this week', '2026-11-23', '2026-11-29'],
    ['this month', '2026-11-01', '2026-11-29'],
    ['w tym miesiącu', '2026-11-01', '2026-11-29'],
    ['diesen Monat', '2026-11-01', '2026-11-29'],
    ['last month', '2026-10-01', '2026-10-31'],
    ['last quarter', '2026-07-01', '2026-09-30'],
    ['this quarter', '2026-10-01', '2026-11-29'],
    ['w tym kwartale', '2026-10-01', '2026-11-29'],
    ['zeszły kwartał', '2026-07-01', '2026-09-30'],
    ['dieses Quartal', '2026-10-01', '2026-11-29'],
    ['im letzten Quartal', '2026-07-01', '2026-09-30'],
    ['ce trimestre', '2026-10-01', '2026-11-29'],
    ['este trimestre', '2026-10-01', '2026-11-29'],
    ['w zeszłym kwartale', '2026-07-01', '2026-09-30'],
    ['letztes Quartal', '2026-07-01', '2026-09-30'],
    ['le trimestre dernier', '2026-07-01', '2026-09-30'],
    ['el trimestre pasado', '2026-07-01', '2026-09-30'],
    ['mes pasado', '2026-10-01', '2026-10-31'],
    ['last 7 days', '2026-11-23', '2026-11-29'],
    ['7 days', '2026-11-23', '2026-11-29'],
    ['the last 2 weeks', '2026-11-16', '2026-11-29'],
    ['ostatnie 7 dni', '2026-11-23', '2026-11-29'],
    ['letzte 7 Tage', '2026-11-23', '2026-11-29'],
    ['les 7 derniers jours', '2026-11-23', '2026-11-29'],
    ['los últimos 7 días', '2026-11-23', '2026-11-29'],
    ['2026-11-20', '2026-11-20', '2026-11-20'],
    ['20.11.2026', '2026-11-20', '2026-11-20'],
    ['20.11.', '2026-11-20', '2026-11-20'],
    ['20 Nov', '2026-11-20', '2026-11-20'],
    ['20 listopada 2026', '2026-11-20', '2026-11-20'],
    ['November 20th', '2026-11-20', '2026-11-20'],
    ['20. November', '2026-11-20', '2026-11-20'],
    ['24 Dec', '2025-12-24', '2025-12-24'],
    ['since 3 Nov', '2026-11-03', '2026-11-29'],
    ['od 3.11', '2026-11-03', '2026-11-29'],
    ['1 Nov to 5 Nov', '2026-11-01', '2026-11-05'],
    ['from 2026-11-05 to 2026-11-01', '2026-11-01', '2026-11-05'],
    ['in October', '2026-10-01', '2026-10-31'],
    ['December', '2025-12-01', '2025-12-31'],
    ['contoso in December', '2025-12-01', '2025-12-31', 'contoso'],
    ['October 2025 contoso', '2025-10-01', '2025-10-31', 'contoso'],
    ['contoso last week', '2026-11-16', '2026-11-22', 'contoso'],
    ['last week contoso', '2026-11-16', '2026-11-22', 'contoso'],
    ['last week of Łódź Sp. z o.o.', '2026-11-16', '2026-11-22', 'Łódź Sp. z o.o.'],
    ['1a2b3c4d5e6f, yesterday', '2026-11-28', '2026-11-28', '1a2b3c4d5e6f'],
  ];
  for (const [text, first, last, rest = ''] of meant)
    it(`are ${first} to ${last} in "${text}"`, () => {
      assert.deepEqual(readDays(text, now, zone), { rest, days: { first, last } });
    });

  for (const text of [
    'contoso',
    '1a2b3c4d5e6f',
    'SD-7K2M9Q',
    'Maya Trading',
    'Mayflower',
    '30 Feb',
    'Contoso 2000',
    '',
  ])
    it(`are none in "${text}"`, () => {
      assert.equal(readDays(text, now, zone).days, undefined);
      assert.equal(readDays(text, now, zone).rest, text);
    });

  it('are those of the person’s own zone', () => {
    assert.equal(readDays('today', new Date('2026-11-29T23:30:00Z'), zone).days?.first, '2026-11-30');
    assert.equal(readDays('today', new Date('2026-11-29T23:30:00Z'), 'America/New_York').days?.first, '2026-11-29');
  });

  it('begin and end with the midnights of the zone, also when the clocks change', () => {
    assert.deepEqual(spanOf({ first: '2026-10-25', last: '2026-10-25' }, zone), {
      since: new Date('2026-10-24T22:00:00Z'),
      before: new Date('2026-10-25T23:00:00Z'),
    });
    assert.deepEqual(spanOf({ first: '2026-11-16', last: '2026-11-22' }, 'America/New_York'), {
      since: new Date('2026-11-16T05:00:00Z'),
      before: new Date('2026-11-23T05:00:00Z'),
    });
  });
});
