import assert from 'node:assert/strict';
import { asItLooks, asTyped } from '../src/cards/typed-text.ts';
import { referenceIn } from '../src/domain/cancellations/ticket-text.ts';
import { isEmail, isPhone } from '../src/domain/people/contact.ts';
import { fold } from '../src/domain/search/fold.ts';
import { withoutSecrets } from '../src/domain/secret-texts.ts';
import { asShown } from '../src/domain/shown-text.ts';
import { readingsIn } from '../src/flows/narrow-audit.ts';
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

/** Eight times the text may take this many times as long: where the time grows with the square of it, it is 64 times. */
const linear = { size: 64_000, growth: 24 };
/** What people type is cut to 4,000 characters before it is read (`parse-activity.spec.ts`): the square of that does no harm. */
const typed = { size: 4_000, growth: 200 };

/** Answers of Microsoft's may be long. */
const readers: Readonly<Record<string, readonly [limits: typeof linear, read: (text: string) => unknown]>> = {
  asTyped: [linear, asTyped],
  asItLooks: [linear, asItLooks],
  asShown: [linear, asShown],
  fold: [linear, fold],
  withoutSecrets: [linear, withoutSecrets],
  referenceIn: [linear, (text) => referenceIn({ title: text, description: text })],
  readCommand: [typed, readCommand],
  readControl: [typed, readControl],
  nearestCommand: [typed, nearestCommand],
  readDays: [typed, (text) => readDays(text, new Date(), 'Europe/Warsaw')],
  readingsIn: [typed, readingsIn],
  isEmail: [typed, isEmail],
  isPhone: [typed, isPhone],
};

/** Of the processor, in ms: what else the machine does is not in it. */
function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Less than `unseen` ms is no measure: collecting garbage and compiling take as long. */
function growsTooFast(read: (text: string) => unknown, unit: string, { size, growth }: typeof linear): boolean {
  const unseen = 50;
  const textOf = (length: number) => unit.repeat(length / unit.length);
  const short = timeOf(() => read(textOf(size / 8)));
  return timeOf(() => read(textOf(size))) > unseen + growth * short;
}

describe('a reader of foreign text', () => {
  for (const [name, [limits, read]] of Object.entries(readers))
    it(`is not held up by a text that is made to take long: ${name}`, () => {
      // One that does grow so fast does it each time.
      const tooFast = units.filter((unit) => [1, 2, 3].every(() => growsTooFast(read, unit, limits)));
      assert.deepEqual(tooFast, []);
    });

  it('still finds what looks like a secret, wherever it stands', () => {
    for (const [text, told] of [
      ['see https://a.example/x?sig=1#part.', 'see https://a.example/x?…#part.'],
      ['https://a.example#x https://b.example/?sig=2', 'https://a.example#x https://b.example/?…'],
      ['https://a.example#https://b.example?sig=3', 'https://a.example#https://b.example?…'],
      ['https://desk:word@a.example/', 'https://desk:…@a.example/'],
      ['token-eyJh.eyJz.c2ln', 'token-…'],
      ['https://a.example/?', 'https://a.example/?'],
      [`it was eyJ${'x5c_'.repeat(3_000)}.eyJz.c2ln.`, 'it was ….'],
      ['eyJh.eyJz.', '…'],
      ['a.eyJh.eyJz.c2ln and eyJh..c2ln', 'a.… and eyJh..c2ln'],
      ['Bearer eyJh.eyJz.c2ln==', 'Bearer …'],
    ] as const)
      assert.equal(withoutSecrets(text), told);
  });
});
