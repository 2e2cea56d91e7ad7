import assert from 'node:assert/strict';
import type { OutsideKind } from '../../../src/domain/errors.ts';
import { kindOf, meaningOf } from '../../../src/partner-center/client/errors.ts';
import { decodeEntities, readFailure } from '../../../src/partner-center/client/failure-body.ts';

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
    ['a text', 'gone', {}],
    ['a list', [1], {}],
  ];
  for (const [name, body, read] of shapes) {
    it(`is read: ${name}`, () => {
      assert.deepEqual(readFailure(body), read);
    });
  }

  it('has at most 1024 characters of description', () => {
    assert.equal(readFailure({ description: 'x'.repeat(5000) }).description?.length, 1024);
  });

  it('decodes what it knows and leaves the rest', () => {
    assert.equal(
      decodeEntities('&lt;a&gt; &#x41;&#66;&apos; &nbsp;&unknown; &#99999999; &#0;'),
      "<a> AB'  &unknown; &#99999999; &#0;",
    );
  });
});
