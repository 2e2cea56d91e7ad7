import assert from 'node:assert/strict';
import type { OutsideKind } from '../../../src/domain/errors.ts';
import { kindOf, meaningOf } from '../../../src/partner-center/client/errors.ts';
import { isRefusalBody, readFailure } from '../../../src/partner-center/client/failure-body.ts';
import { foreignText } from '../../../src/partner-center/client/plain-text.ts';

describe('what a failure means', () => {
  const kinds: readonly [number, string | undefined, OutsideKind][] = [
    [400, '2000', 'declined'],
    [400, '2055', 'conflict'],
    [400, '900117', 'declined'],
    [400, '800008', 'not-found'],
    [400, '800065', 'conflict'],
    [401, '400', 'unauthorized'],
    [403, undefined, 'forbidden'],
    [403, '900308', 'forbidden'],
    [403, '900329', 'forbidden'],
    [403, '13605', 'declined'],
    [403, '800019', 'declined'],
    [404, '20000', 'not-found'],
    [404, undefined, 'not-found'],
    [405, undefined, 'not-offered'],
    [408, undefined, 'unexpected'],
    [409, '800014', 'conflict'],
    [409, undefined, 'conflict'],
    [410, undefined, 'not-offered'],
    [429, undefined, 'throttled'],
    [500, '800003', 'unexpected'],
    [302, undefined, 'unexpected'],
  ];
  for (const [status, code, kind] of kinds) {
    it(`${status} with ${code ?? 'no code'} is ${kind}`, () => {
      assert.equal(kindOf(status, code), kind);
    });
  }

  it('that came with a good status is what its code says', () => {
    const refused = { isRefusedAllTheSame: true };
    assert.equal(kindOf(200, '400072', refused), 'declined');
    assert.equal(kindOf(200, '800060', refused), 'conflict');
    assert.equal(kindOf(200, '900308', refused), 'forbidden');
    assert.equal(kindOf(200, '20000', refused), 'not-found');
    assert.equal(kindOf(200, '800003', refused), 'unexpected');
  });

  it('tells a cancellation where to go on', () => {
    assert.equal(meaningOf('900117'), 'ticket-needed');
    assert.equal(meaningOf('800061'), 'ticket-needed');
    assert.equal(meaningOf('800014'), 'adjustment-pending');
    assert.equal(meaningOf('800063'), 'use-subscription');
    assert.equal(meaningOf('800060'), 'not-ready');
    assert.equal(meaningOf('800019'), undefined);
    assert.equal(meaningOf(undefined), undefined);
  });

  it('tells an order what should have been there before', () => {
    assert.equal(meaningOf('13605'), 'agreement-missing');
    assert.equal(meaningOf('20002'), 'no-relationship');
    for (const code of ['800073', '800074', '800075', '900416']) assert.equal(meaningOf(code), 'account-blocked');
    for (const code of ['800086', '400030']) assert.equal(meaningOf(code), 'not-qualified');
  });
});

describe('the body of a failure', () => {
  const shapes: readonly [string, unknown, { code?: string; description?: string }][] = [
    ['shape A', { code: 2000, description: 'Bad.', data: [], source: 'X' }, { code: '2000', description: 'Bad.' }],
    [
      'shape B',
      { code: 600061, message: 'Twice.', description: 'Twice.', errorName: 'N', isRetryable: false },
      { code: '600061', description: 'Twice.' },
    ],
    ['shape C', { statusCode: 429, message: 'Wait.' }, { description: 'Wait.' }],
    [
      'shape D',
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'No such request.', instance: 'x' },
      { description: 'No such request.' },
    ],
    ['OData', { error: { code: 'Unauthorized', message: 'No.' } }, { code: 'Unauthorized', description: 'No.' }],
    ['PascalCase', { Code: '3000', Description: 'Bad.' }, { code: '3000', description: 'Bad.' }],
    [
      'an HTML-encoded description',
      { code: 1, description: 'We&#39;re &quot;out&quot;' },
      { code: '1', description: 'We\'re "out"' },
    ],
    [
      'a JSON document as description',
      { code: 1, description: '{"code":2,"description":"Inner &amp; true."}' },
      { code: '1', description: 'Inner & true.' },
    ],
    ['no description', { code: 1, description: null }, { code: '1' }],
    ['nothing', undefined, {}],
    ['a text', 'Tagging &amp; billing denied.', { description: 'Tagging & billing denied.' }],
    [
      'a reason in data, beside a general sentence',
      { code: 27002, description: 'Invalid data.', data: ['property:  Region - wrong', 'details:  \n'] },
      { code: '27002', description: 'Invalid data. property: Region - wrong' },
    ],
    [
      'objects in data',
      {
        code: 3,
        description: 'No.',
        data: [
          { key: 'Field', value: 'City' },
          { code: 7, message: 'Too long.' },
        ],
      },
      { code: '3', description: 'No. Field: City. Too long.' },
    ],
    [
      'ids and numbers in data, which tell nobody anything',
      { code: 3, description: 'No.', data: ['9a2f6d1e-0000-4000-8000-000000000000', 12, '2026-03-01'] },
      { code: '3', description: 'No.' },
    ],
    [
      'errors by field',
      { title: 'Validation failed.', status: 400, errors: { Title: ['Title is too long.'], Severity: ['Not known.'] } },
      { description: 'Validation failed. Title is too long. Severity: Not known.' },
    ],
    [
      'the errors of a model',
      { Message: 'The request is invalid.', ModelState: { 'order.quantity': ['Must be 1 or more.'] } },
      { description: 'The request is invalid. order.quantity: Must be 1 or more.' },
    ],
    ['a list of errors', [{ code: 5, message: 'One.' }, { message: 'Two.' }], { code: '5', description: 'One. Two.' }],
    [
      'a nested reason',
      { error: { code: 'Denied', message: 'Denied.', innererror: { reason: 'The contract has ended' } } },
      { code: 'Denied', description: 'Denied. The contract has ended' },
    ],
    [
      'a reason among the parameters',
      { code: 8, description: 'Denied.', parameters: { customer: 'c', reason: { message: 'Under review.' } } },
      { code: '8', description: 'Denied. Under review.' },
    ],
    ['a reason and nothing else', { reason: 'Closed.' }, { description: 'Closed.' }],
    [
      'an older shape, with two codes',
      { object_type: 'Error', code: 'OMS_1', error_code: 'NoTags', message: 'No tags.' },
      { code: 'OMS_1', description: 'No tags.' },
    ],
    [
      'the same said twice',
      { code: 9, description: 'Not for sale here.', message: 'Not for sale', data: ['not for sale here.'] },
      { code: '9', description: 'Not for sale here.' },
    ],
    ['a word where an object is usual', { error: 'Gone' }, { description: 'Gone' }],
    [
      'a token that somebody echoes',
      {
        code: 4,
        description: `Refused: ${'eyJ0eXAiOiJKV1QiLCJhbGciOi'.repeat(2)}.${'A'.repeat(60)}.${'B'.repeat(40)}`,
      },
      { code: '4', description: 'Refused: …' },
    ],
    ['what is nested without end', JSON.parse(`${'{"error":'.repeat(40)}{"message":"Deep."}${'}'.repeat(40)}`), {}],
    ['a list', [1], {}],
  ];
  for (const [name, body, read] of shapes) {
    it(`is read: ${name}`, () => {
      assert.deepEqual(readFailure(body), read);
    });
  }

  it('can be a refusal although the status is good: it has a code and a sentence, and is no resource', () => {
    assert.ok(isRefusalBody({ code: 400072, description: 'Not available.', data: [] }));
    assert.ok(isRefusalBody({ Code: '17', Message: 'No.' }));
    const others = [
      { id: 'p', code: 1, description: 'A product' },
      { code: 1, items: [], message: 'x' },
    ];
    for (const body of [...others, { code: 0, description: 'Fine.' }, { description: 'x' }, [], 'text', undefined]) {
      assert.ok(!isRefusalBody(body), JSON.stringify(body));
    }
  });

  it('has at most 1024 characters of description', () => {
    assert.equal(readFailure({ description: 'word '.repeat(1000) }).description?.length, 1024);
  });

  it('decodes what it knows and leaves the rest', () => {
    assert.equal(
      foreignText('&lt;a&gt; &#x41;&#66;&apos; &nbsp;&unknown; &#99999999; &#0;'),
      "<a> AB'  &unknown; &#99999999; &#0;",
    );
  });
});
