import assert from 'node:assert/strict';
import type { TypedText } from '../../../src/flows/engine/messenger.ts';
import { placeOf } from '../../../src/teams/inbound/activity.ts';
import {
  activityKey,
  isPrivate,
  type ParsedActivity,
  parseActivity,
} from '../../../src/teams/inbound/parse-activity.ts';
import { activity } from '../activities.ts';

const draft = '5e0c8a40-9d2f-4b17-8c6e-0c3f2a1b9d55';

function textOf(parsed: ParsedActivity): string {
  assert.ok(parsed.kind === 'turn' && parsed.input.kind === 'text');
  return parsed.input.text;
}

function asWrittenIn(parsed: ParsedActivity): string {
  assert.ok(parsed.kind === 'turn' && parsed.input.kind === 'text');
  return parsed.input.asWritten ?? parsed.input.text;
}

function actionOf(parsed: ParsedActivity) {
  assert.ok(parsed.kind === 'turn' && parsed.input.kind === 'action');
  return parsed.input;
}

describe('incoming: what is said', () => {
  it('takes the mention of the bot, no-break spaces and curly quotes out of a channel message', () => {
    assert.equal(textOf(parseActivity(activity('channel-mention'))), 'keys "c403d91b21d2"');
  });

  it('takes every mention out of a command, and keeps other people by name for an answer in whole sentences', () => {
    const parsed = parseActivity(activity('channel-several-mentions'));

    assert.equal(textOf(parsed), 'remind & me - c403d91b21d2');
    assert.equal(asWrittenIn(parsed), 'remind Tomasz Zieliński & me - c403d91b21d2');
  });

  it('takes the names for what is meant where nothing else is said', () => {
    const mentioned = { id: '29:sam', name: 'Sam Sales' };
    const entities = [{ type: 'mention', mentioned, text: '<at>Sam Sales</at>' }];
    assert.equal(textOf(parseActivity(activity('personal', { text: '<at>Sam Sales</at>', entities }))), 'Sam Sales');
  });

  it('takes the mentions of tags, channels and other bots out, whatever their entities say', () => {
    const text = '<at>Tag: On duty</at> <at>Software Desk</at> cases <at id="3">Other bot</at> <at>General</at>';
    const entities = [{ type: 'mention', mentioned: { id: '28:7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4' } }];
    assert.equal(textOf(parseActivity(activity('group-mention', { text, entities }))), 'cases');
  });

  for (const [name, written] of [
    ['R&D Desk', 'R&amp;D Desk'],
    ['R&D Desk', 'R&D Desk'],
    ['Desk <EU> $1', 'Desk <EU> $1'],
    ['Desk <EU> $1', 'Desk &lt;EU&gt; $1'],
  ] as const) {
    for (const entityText of [undefined, `<at>${name}</at>`, name])
      it(`takes its own mention out, written ${written}, with the entity's text ${entityText}`, () => {
        const mentioned = { id: '28:7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4', name };
        const said = {
          text: `<at>${written}</at> cases\n`,
          entities: [{ type: 'mention', mentioned, text: entityText }],
        };
        const parsed = parseActivity(activity('group-mention', said));

        assert.equal(textOf(parsed), 'cases');
        assert.equal(asWrittenIn(parsed), 'cases');
      });
  }

  it('takes its name out where the client wrote no tag', () => {
    const mentioned = { id: '28:7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4', name: 'Software Desk' };
    const said = { text: 'Software Desk cases', entities: [{ type: 'mention', mentioned }] };
    assert.equal(textOf(parseActivity(activity('group-mention', said))), 'cases');
  });

  it('ignores a channel message that mentions somebody who only has the name of the bot', () => {
    assert.deepEqual(parseActivity(activity('channel-namesake')), { kind: 'ignored' });
  });

  it('keeps a namesake of the bot in what is said as it was written', () => {
    const said = activity('channel-namesake', { conversation: { id: 'a:1', conversationType: 'personal' } });
    assert.equal(asWrittenIn(parseActivity(said)), 'Software Desk buy everything');
  });

  it('knows the bot by its id under any visible name', () => {
    assert.equal(textOf(parseActivity(activity('group-mention'))), 'cases');
  });

  it('takes the placeholder of a quoted message out', () => {
    assert.equal(textOf(parseActivity(activity('personal-quoted'))), 'yes - do it');
  });

  for (const text of [
    '<blockquote itemtype="http://schema.skype.com/Reply"><p>discard</p></blockquote>cases',
    '<quoted messageId="1"/><quoted messageId="2"></quoted>cases',
    '> Discard it?\n> Really?\n\ncases',
    '&gt; Discard it?\ncases',
    '> cases',
    '<attachment id="1786"></attachment>cases',
  ])
    it(`takes what is quoted or forwarded for somebody else's words: ${text.slice(0, 24)}`, () => {
      assert.equal(textOf(parseActivity(activity('personal', { text }))), 'cases');
    });

  it('is not held up by a text that is made to take long', function () {
    // A quarter of a megabyte of each; where the time grows with the square of the length, one of them takes a minute.
    this.timeout(15_000);
    for (const unit of [
      '<p ',
      '<a href="',
      '<at>',
      '<at',
      '<p a="b" ',
      '<quoted>',
      '<blockquote ',
      '<attachment id="',
      '&#',
    ]) {
      const text = unit.repeat(240_000 / unit.length);
      const html = { contentType: 'text/html', content: text };
      for (const said of [{ text }, { text: '', attachments: [html] }])
        assert.ok((textOf(parseActivity(activity('personal', said))) ?? '').length <= 4000);
    }
  });

  it('sees nothing of invisible characters, and blanks in what only looks like one', () => {
    const hidden = '\u2066\u2069\u202A\u202C\u061C\u200B\uFEFF\u00AD\u180E\u2064';
    const text = `${hidden}orders${hidden}\u00A0\u3164${hidden}con${hidden}toso&#8203;`;
    assert.equal(textOf(parseActivity(activity('personal', { text }))), 'orders contoso');
  });

  it('leaves no markup of a pasted text in what is said', () => {
    const text = '<ul><li><a href="https://x.example">orders</a></li></ul><table><tr><td>contoso</td></tr></table>';
    assert.equal(textOf(parseActivity(activity('personal', { text }))), 'orders contoso');
    assert.equal(textOf(parseActivity(activity('personal', { text: 'orders <contoso>' }))), 'orders <contoso>');
  });

  it('keeps the lines of a text for an answer, and reads a command over line breaks', () => {
    const text = '\r\nOrdered twice.\r\n\r\n\r\n  First: 1\nSecond: 2<br>Thanks\r\n';
    const parsed = parseActivity(activity('personal', { text }));

    assert.equal(asWrittenIn(parsed), 'Ordered twice.\n\nFirst: 1\nSecond: 2\nThanks');
    assert.equal(textOf(parsed), 'Ordered twice. First: 1 Second: 2 Thanks');
  });

  it('understands escaped characters and simple markup', () => {
    const said = activity('personal', { text: '<p>R&amp;D &lt;b&gt; &#39;x&#x27;</p><br/>\u200Bdon’t\u0000' });
    assert.equal(textOf(parseActivity(said)), "R&D <b> 'x' don't");
  });

  it('takes a mention whose visible text has characters of regular expressions', () => {
    const mentioned = { id: '28:7b0f4d19-52c6-4a3e-8e15-90d2c6f1a8b4', name: 'Desk (.*' };
    const entities = [{ type: 'mention', mentioned, text: '<at>Desk (.*</at>' }];
    const said = activity('group-mention', { text: '<at id="0">Desk (.*</at> a <at>Desk (.*</at> b', entities });
    assert.equal(textOf(parseActivity(said)), 'a b');
  });

  it('reads an empty message, for the menu', () => {
    assert.equal(textOf(parseActivity(activity('personal', { text: undefined }))), '');
  });

  it('cuts a text at 4000 characters without halving one', () => {
    const said = textOf(parseActivity(activity('personal', { text: `${'a'.repeat(3999)}😀` })));
    assert.equal(said, 'a'.repeat(3999));
  });

  it('reads a private message without a mention, and knows that it is private', () => {
    const said = activity('targeted');
    assert.equal(textOf(parseActivity(said)), 'keys c403d91b21d2');
    assert.equal(isPrivate(said), true);
    assert.equal(isPrivate(activity('channel-mention')), false);
  });

  for (const name of ['group-without-mention', 'reaction', 'typing', 'members-added']) {
    it(`ignores: ${name}`, () => {
      assert.deepEqual(parseActivity(activity(name)), { kind: 'ignored' });
    });
  }

  it('ignores what bots say, and an update of the installation that is no installation', () => {
    assert.deepEqual(parseActivity(activity('personal', { from: { id: '28:x', role: 'bot' } })), { kind: 'ignored' });
    assert.deepEqual(parseActivity(activity('installed-personal', { action: 'add-upgrade' })), { kind: 'ignored' });
  });

  it('takes an installation for a greeting, in a team too, and notices a removal', () => {
    const greeting = { kind: 'installed', input: { kind: 'text', text: 'hi' } };
    assert.deepEqual(parseActivity(activity('installed-personal')), greeting);
    assert.deepEqual(parseActivity(activity('installed-team')), greeting);
    assert.deepEqual(parseActivity(activity('removed-personal')), { kind: 'removed' });
  });

  it('reads a message that was edited or restored as what it says by then, and knows that it is an earlier one', () => {
    const edited = activity('edited');
    const restored = activity('edited', { channelData: { eventType: 'undeleteMessage' } });
    const asMessage = activity('edited', { type: 'message' });

    for (const again of [edited, restored, asMessage]) {
      const parsed = parseActivity(again);
      assert.deepEqual(parsed, { kind: 'turn', input: { kind: 'text', text: 'keys other', isChanged: true } });
      assert.equal(activityKey(again), activityKey(activity('channel-mention')));
    }
    assert.deepEqual(parseActivity(activity('edited', { type: 'messageDelete' })), { kind: 'ignored' });
    assert.deepEqual(parseActivity(activity('edited', { entities: [] })), { kind: 'ignored' });
  });

  const fileType = 'application/vnd.microsoft.teams.file.download.info';
  for (const [unread, fields] of [
    ['file', { attachments: [{ contentType: fileType, name: 'order.pdf', content: { fileType: 'pdf' } }] }],
    ['file', { attachments: [{ contentType: 'audio/mp4' }] }],
    [
      'picture',
      { attachments: [{ contentType: 'image/*' }, { contentType: 'text/html', content: '<p><img src="x"></p>' }] },
    ],
    ['picture', { attachments: [{ contentType: 'text/html', content: '<div><IMG alt="GIF" src="x"></div>' }] }],
    ['forwarded', { attachments: [{ contentType: 'forwardedMessageReference', content: '{"x":"cancel 1"}' }] }],
    ['forwarded', { text: '<attachment id="17"></attachment>' }],
    ['forwarded', { attachments: [{ contentType: 'text/html', content: '<attachment id="17"></attachment>' }] }],
    [undefined, { attachments: null }],
    [undefined, { attachments: [null, { contentType: 7 }, { contentType: 'text/html', content: null }] }],
  ] as const)
    it(`tells what came in place of words: ${JSON.stringify(fields).slice(0, 90)}`, () => {
      const parsed = parseActivity(activity('personal', { text: undefined, ...fields }));
      assert.deepEqual(parsed, { kind: 'turn', input: { kind: 'text', text: '', ...(unread && { unread }) } });
    });

  it('takes files with their address from a personal chat alone, and prints the address nowhere', () => {
    const address = 'https://partner-my.sharepoint.com/order.pdf?tempauth=canary';
    const file = { contentType: fileType, name: 'order\u0000.pdf', content: { downloadUrl: address } };
    const bad = { contentType: fileType, name: 'bad.pdf', content: { downloadUrl: 7 } };
    const sent = { text: 'see this', attachments: [file, bad, null] };

    const { input } = parseActivity(activity('personal', sent)) as { input: TypedText };
    const shared = parseActivity(activity('channel-mention', sent)) as { input: TypedText };

    assert.equal(input.text, 'see this');
    assert.deepEqual(
      input.files?.map(({ name }) => name),
      ['order.pdf'],
    );
    assert.equal(input.files?.[0]?.address.reveal(), address);
    assert.doesNotMatch(JSON.stringify(input), /canary/);
    assert.equal(shared.input.files, undefined);
  });

  it('reads the words beside a file, and words that come as HTML only', () => {
    const file = { contentType: fileType, name: 'order.pdf' };
    assert.equal(textOf(parseActivity(activity('personal', { text: 'cases', attachments: [file] }))), 'cases');
    const html = { contentType: 'text/html', content: '<p>orders&nbsp;<a href="https://x.example">contoso</a></p>' };
    assert.equal(textOf(parseActivity(activity('personal', { text: '', attachments: [html] }))), 'orders contoso');
  });

  it('takes every way of marking a targeted message for private', () => {
    const mark = (isTargeted: unknown) => ({ recipient: { id: '28:bot', isTargeted } });
    for (const marked of [true, 'true', 'True', 1])
      assert.equal(isPrivate(activity('group-mention', mark(marked))), true, String(marked));
    for (const marked of [false, 'false', 0, null, undefined])
      assert.equal(isPrivate(activity('group-mention', mark(marked))), false, String(marked));
    const treatment = { type: 'activityTreatment', treatment: 'targeted' };
    assert.equal(isPrivate(activity('group-mention', { entities: [treatment] })), true);
  });
});

describe('incoming: what is pressed', () => {
  it('reads Action.Execute: ours apart from the inputs, and nothing of another shape', () => {
    const pressed = actionOf(parseActivity(activity('execute')));
    assert.deepEqual(pressed, {
      kind: 'action',
      action: {
        do: 'next',
        draft,
        step: 'softwareChosen',
        submission: undefined,
        values: { product: 'DG7GMGF0D7FV', quantity: '2', attested: 'true' },
      },
      messageId: '1795300000101',
      via: 'invoke',
      isAutomatic: false,
    });
  });

  it('takes the verb where the data says nothing, and notices an automatic refresh', () => {
    const pressed = actionOf(parseActivity(activity('execute-refresh')));
    assert.equal(pressed.action.do, 'show');
    assert.equal(pressed.isAutomatic, true);
  });

  it('reads Action.Submit, which comes as a message with a value', () => {
    const pressed = actionOf(parseActivity(activity('submit')));
    assert.equal(pressed.via, 'message');
    assert.equal(pressed.action.do, 'confirm');
    assert.equal(pressed.action.submission, 'c0ffee00-0000-4000-8000-000000000001');
    assert.equal(pressed.messageId, '1795300000102');
  });

  it('reads a button that also types, and types when it means nothing else', () => {
    assert.equal(actionOf(parseActivity(activity('submit', { text: 'Confirm' }))).action.do, 'confirm');
    assert.equal(textOf(parseActivity(activity('submit', { text: 'help', value: { foo: 1 } }))), 'help');
  });

  it('reads both halves of a dialog', () => {
    const fetched = actionOf(parseActivity(activity('task-fetch')));
    assert.deepEqual([fetched.via, fetched.action.do, fetched.action.values], ['dialog', 'getKey', {}]);
    const submitted = actionOf(parseActivity(activity('task-submit')));
    assert.deepEqual([submitted.via, submitted.action.values], ['dialog', { language: 'en-US' }]);
  });

  it('leaves forged fields of ours out unless they are short texts', () => {
    const value = { do: 'next', draft: { $ne: 1 }, step: 7, submission: 'x'.repeat(201) };
    const { action } = actionOf(parseActivity(activity('submit', { value })));
    assert.deepEqual(action, { do: 'next', draft: undefined, step: undefined, submission: undefined, values: {} });
  });

  it('takes at most 40 inputs of at most 4000 characters', () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`input${index}`, 'y'.repeat(5000)]));
    const { action } = actionOf(parseActivity(activity('submit', { value: { do: 'next', ...many } })));
    assert.equal(Object.keys(action.values).length, 40);
    assert.ok(Object.values(action.values).every((text) => text.length === 4000));
  });

  it('reads what is filled in as it looks: nothing invisible, plain blanks and hyphens, its own line breaks', () => {
    const reason = '\u200B\u2060\u3164\u2063';
    const value = { do: 'next', reason, named: '\u2066e5db\u2069', amount: '3\u202F238,40', note: 'a\u2011b\nc' };
    const { action } = actionOf(parseActivity(activity('submit', { value })));
    assert.deepEqual(action.values, { reason: ' ', named: 'e5db', amount: '3 238,40', note: 'a-b\nc' });
  });

  it('does not trip over names that objects have of their own', () => {
    const value = JSON.parse('{ "do": "next", "__proto__": "x", "constructor": "y" }');
    const { action } = actionOf(parseActivity({ ...activity('submit'), value }));
    assert.equal(Object.getPrototypeOf(action.values), Object.prototype);
    assert.equal(action.values.constructor, 'y');
  });

  it('reads what is typed into an input that is searched, whatever its shape', () => {
    const typed = (value: object) => parseActivity(activity('search', { value }));
    const query = { dataset: 'customer/1', text: '', skip: 0, top: 15 };

    assert.deepEqual(typed({ dataset: 'customer/1' }), { kind: 'search', query });
    const strange = { queryText: 7, queryOptions: { skip: -1, top: 'all' } };
    assert.deepEqual(typed({ dataset: 'customer/1', ...strange }), { kind: 'search', query });
    const long = typed({ dataset: 'customer/1', queryText: `\u200B${'x'.repeat(900)}`, queryOptions: { top: 900 } });
    assert.deepEqual(long, { kind: 'search', query: { ...query, text: 'x'.repeat(200) } });
  });

  it('does not know an invoke of another name, or one without its value', () => {
    assert.deepEqual(parseActivity(activity('search', { name: 'signin/failure' })), { kind: 'unknown-invoke' });
    assert.deepEqual(parseActivity(activity('search', { value: { queryText: 'x' } })), { kind: 'unknown-invoke' });
    assert.deepEqual(parseActivity(activity('execute', { value: 'x' })), { kind: 'unknown-invoke' });
    assert.deepEqual(parseActivity(activity('execute', { name: undefined })), { kind: 'unknown-invoke' });
  });
});

describe('incoming: where', () => {
  it('keeps the thread of a channel', () => {
    const { conversation } = activity('channel-mention');
    assert.ok(conversation);
    assert.deepEqual(placeOf(conversation), {
      id: '19:c5f1d2e0a3b44f0b9d7e6a8b1c2d3e4f@thread.tacv2;messageid=1795300000001',
      kind: 'channel',
    });
  });

  it('tells the kind by the id where Teams does not', () => {
    const kinds = ['a:1', '19:x@thread.v2', '19:x@thread.tacv2;messageid=1'].map((id) => placeOf({ id }).kind);
    assert.deepEqual(kinds, ['personal', 'group', 'channel']);
  });

  it('knows a delivery by conversation and id, because ids repeat between conversations', () => {
    const here = activityKey(activity('personal'));
    const there = activityKey(activity('personal', { conversation: { id: 'a:2' } }));
    assert.notEqual(here, there);
    assert.equal(activityKey(activity('personal', { id: undefined })), undefined);
  });
});
