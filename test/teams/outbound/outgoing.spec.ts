import assert from 'node:assert/strict';
import { Secret } from '../../../src/domain/secret.ts';
import {
  cardEdit,
  cardMessage,
  dialogBody,
  invokeBody,
  textMessage,
  unknownBody,
} from '../../../src/teams/outbound/outgoing.ts';
import { card } from '../parts.ts';

const origin = {
  place: { id: '19:x@thread.tacv2;messageid=1', kind: 'channel' },
  bot: { id: '28:b', name: 'Desk' },
} as const;

describe('outgoing: messages', () => {
  it('sends a card with its summary, to nobody in particular and without replyToId', () => {
    assert.deepEqual(cardMessage(card('x'), origin), {
      type: 'message',
      from: origin.bot,
      conversation: { id: origin.place.id },
      summary: 'A card',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card('x').content }],
    });
  });

  it('lets no name in a sentence turn what stands beside it', () => {
    const { text, textFormat } = textMessage('It is \u202Ekawon\u202C \u0007with Ada\u200F.', origin);
    assert.deepEqual([text, textFormat], ['It is kawon with Ada.', 'plain']);
  });

  it('names the one person of a targeted message, but not in its edit', () => {
    const message = cardMessage(card('x'), origin, { channelUserId: '29:a', name: 'Ada' });
    assert.deepEqual(message.recipient, { id: '29:a', name: 'Ada', isTargeted: true });
    assert.equal('recipient' in cardEdit(card('x'), 'm1', origin), false);
  });
});

describe('outgoing: answers of invokes', () => {
  const secret = { kind: 'secret', card: new Secret(card('SMPLE-KEY')) } as const;

  it('always has a body of the shape Teams wants', () => {
    const bodies = [{ kind: 'card', card: card('x') }, { kind: 'text', text: 'Done' }, { kind: 'nothing' }] as const;
    assert.deepEqual(bodies.map(invokeBody), [
      { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('x').content },
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done' },
      { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' },
    ]);
    assert.deepEqual(unknownBody('adaptiveCard/unknown', 'No'), {
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'NotSupported', message: 'No' },
    });
  });

  it('reveals a secret in the answer, and in the dialog', () => {
    assert.match(JSON.stringify(invokeBody(secret)), /SMPLE-KEY/);
    assert.match(JSON.stringify(dialogBody(secret, { title: 'Desk' })), /SMPLE-KEY/);
  });

  it('gives dialogs their own shapes', () => {
    assert.deepEqual(dialogBody({ kind: 'text', text: 'Done' }, { title: 'Desk' }), {
      task: { type: 'message', value: 'Done' },
    });
    assert.equal(dialogBody({ kind: 'nothing' }, { title: 'Desk' }), undefined);
  });

  it('shows a page of ours in a dialog, by its public address, and nothing of it elsewhere', () => {
    const page = { kind: 'page', path: '/web/key?draft=d', title: 'Keys', width: 480, height: 'medium' } as const;
    const url = 'https://desk.example/web/key?draft=d';
    const frame = { title: 'Desk', publicUrl: 'https://desk.example', appId: 'app' };
    assert.deepEqual(dialogBody(page, frame), {
      task: {
        type: 'continue',
        value: { title: 'Keys', width: 480, height: 'medium', url, fallbackUrl: url, completionBotId: 'app' },
      },
    });
    assert.doesNotMatch(JSON.stringify(invokeBody(page)), /web/);
  });

  it('turns the buttons of a card in a dialog into the only kind that works there', () => {
    const content = {
      type: 'AdaptiveCard',
      refresh: { action: { type: 'Action.Execute' } },
      body: [
        {
          type: 'ActionSet',
          actions: [{ type: 'Action.Execute', verb: 'done', fallback: {}, data: { draft: 'd', msteams: {} } }],
        },
      ],
      actions: [
        { type: 'Action.Submit', data: { do: 'x', msteams: { type: 'task/fetch' } } },
        { type: 'Action.OpenUrl', url: 'https://x' },
      ],
    };
    const body = dialogBody({ kind: 'card', card: { content, summary: '' } }, { title: 'Desk' }) as {
      task: { value: { title: string; card: { content: unknown } } };
    };
    assert.equal(body.task.value.title, 'Desk');
    assert.deepEqual(body.task.value.card.content, {
      type: 'AdaptiveCard',
      body: [{ type: 'ActionSet', actions: [{ type: 'Action.Submit', data: { do: 'done', draft: 'd' } }] }],
      actions: [
        { type: 'Action.Submit', data: { do: 'x' } },
        { type: 'Action.OpenUrl', url: 'https://x' },
      ],
    });
  });
});
