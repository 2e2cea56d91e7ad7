import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readDetails } from '../../src/words/details.ts';
import { readSentence } from '../../src/words/sentences.ts';
import { type NamedItem, splitProducts } from '../../src/words/several-products.ts';

/** What is said beside the command; what is not named here is not looked at. */
interface Said {
  readonly quantity?: number;
  readonly number?: string;
  readonly isMine?: boolean;
  readonly customer?: string;
  readonly product?: string;
  /** The products that are named besides. */
  readonly further?: readonly NamedItem[];
}

/** A sentence, the command that it is, or null where it must not be taken for one, and what else it says. */
type Row = readonly [text: string, command: string | null, said?: Said];

const table: Readonly<Record<string, readonly Row[]>> = JSON.parse(
  readFileSync(new URL('./sentences.json', import.meta.url), 'utf8'),
);

describe('a whole sentence as people type or dictate it', () => {
  it('is one of at least 300, in five languages', () => {
    const rows = Object.values(table).flat();

    assert.deepEqual(Object.keys(table), ['en', 'pl', 'de', 'fr', 'es']);
    assert.equal(new Set(rows.map(([text]) => text)).size >= 300, true, String(rows.length));
  });

  for (const [language, rows] of Object.entries(table))
    for (const [text, command, said] of rows)
      it(`${language}: "${text}" is ${command ?? 'no command'}`, () => {
        const sentence = readSentence(text);

        assert.equal(sentence?.command ?? null, command);
        if (said) assert.deepEqual(saidIn(sentence?.rest ?? '', said), said);
      });
});

function saidIn(rest: string, asked: Said): Said {
  const { first, further } = splitProducts(rest);
  const { quantity, number, isMine, readings, product } = readDetails(first);
  const [likeliest] = readings;
  return {
    ...(number !== undefined && { number }),
    ...(quantity !== undefined && { quantity }),
    ...(isMine && { isMine }),
    ...(asked.product !== undefined && likeliest && { customer: likeliest.customer }),
    ...(asked.product !== undefined && { product: (likeliest ?? { product }).product }),
    ...((asked.further || further.length > 0) && { further }),
  };
}
