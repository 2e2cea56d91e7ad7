import assert from 'node:assert/strict';
import { asItLooks, asTyped } from '../src/cards/typed-text.ts';
import { referenceIn } from '../src/domain/cancellations/ticket-text.ts';
import { isEmail, isPhone } from '../src/domain/people/contact.ts';
import { fold } from '../src/domain/search/fold.ts';
import { withoutSecrets } from '../src/domain/secret-texts.ts';
import { asShown } from '../src/domain/shown-text.ts';
import { narrowedIn } from '../src/flows/audit-narrowed.ts';
import { nearestCommand, readCommand, readControl } from '../src/words/commands.ts';
import { readDays } from '../src/words/periods.ts';

/** Each may begin what a pattern looks for, so that it looks on from each of them. */
const units = [
  ...[
    'a',
    'a.',
    'a-',
    'a:',
    'a@',
    'a.b@',
    ' ',
    '\t\n',
    '.\n',
    '1',
    '1.',
    '1 ',
    '1 jan ',
    'last ',
    'by ',
    'and ',
    'é',
    'İ',
    '(',
  ],
  ...[
    'http://',
    'https://a?',
    'https://a#',
    'a://b',
    'a://b:',
    'eyJ-',
    'eyJa.',
    'eyJ-eyJ-.',
    'Bearer ',
    'AAAAA-',
    'Our reference: ',
  ],
];

/** What people type is cut to 4,000 characters before it is read (`parse-activity.spec.ts`); answers of Microsoft's may be long. */
const readers: Readonly<Record<string, readonly [size: number, read: (text: string) => unknown]>> = {
  asTyped: [240_000, asTyped],
  asItLooks: [240_000, asItLooks],
  asShown: [240_000, asShown],
  fold: [240_000, fold],
  withoutSecrets: [240_000, withoutSecrets],
  referenceIn: [240_000, (text) => referenceIn({ title: text, description: text })],
  readCommand: [4_000, readCommand],
  readControl: [4_000, readControl],
  nearestCommand: [4_000, nearestCommand],
  readDays: [4_000, (text) => readDays(text, new Date(), 'Europe/Warsaw')],
  narrowedIn: [4_000, narrowedIn],
  isEmail: [4_000, isEmail],
  isPhone: [4_000, isPhone],
};

describe('a reader of foreign text', () => {
  for (const [name, [size, read]] of Object.entries(readers))
    it(`is not held up by a text that is made to take long: ${name}`, function () {
      // Where the time grows with the square of the length, one of them takes this long by itself.
      this.timeout(15_000);
      for (const unit of units) read(unit.repeat(size / unit.length));
    });

  it('still finds what looks like a secret, wherever it stands', () => {
    for (const [text, told] of [
      ['see https://a.example/x?sig=1#part.', 'see https://a.example/x?…#part.'],
      ['https://a.example#x https://b.example/?sig=2', 'https://a.example#x https://b.example/?…'],
      ['https://a.example#https://b.example?sig=3', 'https://a.example#https://b.example?…'],
      ['https://desk:word@a.example/', 'https://desk:…@a.example/'],
      ['token-eyJh.eyJz.c2ln', 'token-…'],
      ['https://a.example/?', 'https://a.example/?'],
    ] as const)
      assert.equal(withoutSecrets(text), told);
  });
});
