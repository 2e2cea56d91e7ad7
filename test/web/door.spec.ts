import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ClientRequest, request as httpRequest } from 'node:http';
import type { DeskData } from '../../src/web/desk.ts';
import type { PageRow } from '../../src/web/rows.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { whileAuditLogIsAway } from '../support/audit-log-away.ts';
import { viewOf } from '../support/card-view.ts';
import { countTurn } from '../support/count-turn.ts';
import { everyRow, readDatabase } from '../support/database-contents.ts';
import { pdfFile } from '../support/files.ts';
import { type KeyServer, startKeyServer } from '../support/key-server.ts';
import { personOf } from '../support/people.ts';
import { skip } from '../support/skip.ts';
import { waitUntil } from '../support/wait-until.ts';
import {
  appId,
  beginSession,
  openWebPage,
  registeredEnv,
  ssoClaims,
  staffTenant,
  type WebPage,
} from '../support/web-page.ts';

const keyPattern = /SMPLE(-[A-Z0-9]{5}){4}/;

describe('the web pages of a bot with an app id', () => {
  let keys: KeyServer;
  let app: TestApp;
  let address = 0;

  before(async () => {
    keys = await startKeyServer();
    app = await startTestApp({
      ...registeredEnv(keys),
      KEY_REVEAL_SECONDS: '2',
      PUBLIC_URL: 'https://desk.partner.example',
    });
  });
  after(async () => {
    await app.stop();
    await keys.close();
  });

  /** From another address each time: refused tokens of one address are counted. */
  const sessionWith = (token: string | undefined): Promise<Response> => {
    address += 1;
    return beginSession(app.url, token, { 'x-forwarded-for': `10.0.0.${address}` });
  };
  const open = (who: Parameters<typeof ssoClaims>[1] = 'ada'): Promise<WebPage> =>
    openWebPage(app.url, keys.token(ssoClaims(keys, who)));

  for (const [what, claims] of [
    ['version 2', {}],
    [
      'version 1',
      {
        iss: `https://sts.windows.net/${staffTenant}/`,
        aud: `api://desk.partner.example/botid-${appId}`,
        azp: undefined,
        appid: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
      },
    ],
    [
      'version 1 that says that the person is a member',
      {
        iss: `https://sts.windows.net/${staffTenant}/`,
        aud: `api://botid-${appId}`,
        acct: 0,
        idp: `https://sts.windows.net/${staffTenant}/`,
      },
    ],
  ] as const) {
    it(`open with a token of Teams, ${what}`, async () => {
      const response = await sessionWith(keys.token(ssoClaims(keys, 'ada', claims)));

      assert.equal(response.status, 200);
      const body = (await response.json()) as Record<string, unknown>;
      assert.equal(body.name, 'Ada Nowak');
      assert.equal(body.language, 'en');
      assert.match(
        response.headers.get('set-cookie') ?? '',
        /^__Host-desk=[\w-]{40,}; Path=\/; Max-Age=28800; HttpOnly; Secure; SameSite=None; Partitioned$/,
      );
      assert.equal(response.headers.get('cache-control'), 'no-store');
    });
  }

  const hour = 3600;
  const now = () => Math.floor(Date.now() / 1000);
  const forged: readonly [string, () => string | undefined, RegExp][] = [
    ['no token', () => undefined, /no token/],
    ['a text that is no token', () => 'a.b.c', /cannot be read/],
    ['a token signed with another key', () => keys.token(ssoClaims(keys), { key: keys.otherKey }), /signature/],
    ['a token of an unknown key', () => keys.token(ssoClaims(keys), { header: { kid: 'other' } }), /unknown key/],
    ['an expired token', () => keys.token(ssoClaims(keys, 'ada', { exp: now() - 120 })), /expired/],
    ['a token that never expires', () => keys.token(ssoClaims(keys, 'ada', { exp: undefined })), /exp/],
    ['a token that is not valid yet', () => keys.token(ssoClaims(keys, 'ada', { nbf: now() + hour })), /nbf/],
    [
      'a token of another tenant',
      () => keys.token(ssoClaims(keys, 'ada', { tid: appId, iss: `https://sts.windows.net/${appId}/` })),
      /iss/,
    ],
    [
      'a token whose tenant is another one than its issuer',
      () => keys.token(ssoClaims(keys, 'ada', { tid: appId })),
      /another tenant/,
    ],
    ['a token for another app', () => keys.token(ssoClaims(keys, 'ada', { aud: staffTenant })), /aud/],
    [
      'a token for an app of that name elsewhere',
      () => keys.token(ssoClaims(keys, 'ada', { aud: `api://evil.example/${appId}` })),
      /aud/,
    ],
    [
      'a token of the bot’s channel',
      () => keys.token(ssoClaims(keys, 'ada', { iss: 'https://api.botframework.com' })),
      /iss/,
    ],
    [
      'a token of another algorithm',
      () => keys.token(ssoClaims(keys), { header: { alg: 'RS512' }, digest: 'RSA-SHA512' }),
      /another way/,
    ],
    [
      'a token that says that it needs no signature',
      () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(ssoClaims(keys))).toString('base64url')}.`,
      /another way/,
    ],
    ['a token without a person', () => keys.token(ssoClaims(keys, 'ada', { oid: undefined })), /oid/],
    ['a token of an app', () => keys.token(ssoClaims(keys, 'ada', { idtyp: 'app' })), /not a person/],
    [
      'a token for something else than signing in',
      () => keys.token(ssoClaims(keys, 'ada', { scp: 'Files.Read' })),
      /not a person/,
    ],
    [
      'a token that another app asked for',
      () => keys.token(ssoClaims(keys, 'ada', { azp: appId })),
      /not asked for by Teams/,
    ],
    ['a token of a guest', () => keys.token(ssoClaims(keys, 'ada', { acct: 1 })), /guest/],
    [
      'a token of somebody whose directory is another one',
      () => keys.token(ssoClaims(keys, 'ada', { idp: `https://sts.windows.net/${appId}/` })),
      /guest/,
    ],
  ];
  for (const [what, token, why] of forged) {
    it(`do not open with ${what}`, async () => {
      const before = app.log.length;

      const response = await sessionWith(token());

      assert.equal(response.status, 401);
      assert.equal(response.headers.get('set-cookie'), null);
      assert.match(app.log.slice(before).join(''), why);
    });
  }

  it('write down once a day whom a good token names that they refuse, and count what names nobody', async () => {
    const of = (at: number, name: string, changed: Record<string, unknown>) =>
      keys.token(ssoClaims(keys, 'ada', { oid: `99999999-0000-4000-8000-00000000000${at}`, name, ...changed }));
    const elsewhere = { tid: appId, iss: `https://sts.windows.net/${appId}/` };
    const refused = [
      of(1, 'Gus Guest', { acct: 1 }),
      of(1, 'Gus Guest', { acct: 1 }),
      of(2, 'Oda Other', elsewhere),
      of(3, 'Tom Token', { aud: staffTenant }),
      of(4, 'Ann App', { idtyp: 'app' }),
      of(5, 'Fay Forged', { acct: 1 }).slice(0, -8),
      of(6, 'Eva Expired', { exp: now() - 120 }),
    ];
    for (const token of refused) assert.equal((await sessionWith(token)).status, 401);

    const ada = await open();
    const told = async () =>
      ((await (await ada.get('audit')).json()) as { rows: PageRow[] }).rows.map(
        ({ heading, details: [who = ''] }) => `${who.split(' · ')[0]}: ${heading}`,
      );
    await waitUntil(async () => (await told()).some((line) => line.startsWith('Ann App')), 'the last of the refusals');
    const lines = await told();
    const wrongToken = 'Refused: not of the staff (signed in with a token that is not for these pages)';
    assert.deepEqual(lines.filter((line) => /^(Gus|Oda|Tom|Ann|Fay|Eva) /.test(line)).toSorted(), [
      `Ann App: ${wrongToken}`,
      'Gus Guest: Refused: not of the staff (a guest)',
      'Oda Other: Refused: not of the staff (of another organisation)',
      `Tom Token: ${wrongToken}`,
    ]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    for (const why of ['guest', 'other-tenant', 'other-token', 'unverified'])
      assert.match(metrics, new RegExp(`^desk_refused_sign_ins_total\\{why="${why}"\\} [1-9]`, 'm'));
  });

  it('do not open for somebody without a role, tell them why, and write it down once a day', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const refused = await sessionWith(keys.token(ssoClaims(keys, 'stan')));
      assert.equal(refused.status, 403);
      assert.equal(refused.headers.get('set-cookie'), null);
      assert.match(((await refused.json()) as { text: string }).text, /role/);
    }
    const ada = await open();
    const { rows } = (await (await ada.get('audit')).json()) as { rows: PageRow[] };
    const his = rows.filter(({ details: [who = ''] }) => who.startsWith('Stan Obcy'));
    assert.deepEqual(
      his.map(({ heading }) => heading),
      ['Refused: not of the staff (no role in Partner Center)'],
    );
  });

  it('log no more for a minute of an address that sent twenty bad tokens, and still take a good one', async () => {
    const ask = (token: string) => beginSession(app.url, token, { 'x-forwarded-for': '10.9.9.9' });
    for (let attempt = 0; attempt < 20; attempt += 1) assert.equal((await ask('bad')).status, 401);
    const before = app.log.length;

    assert.equal((await ask('bad')).status, 429);
    assert.doesNotMatch(app.log.slice(before).join(''), /was not opened/);
    assert.equal((await ask(keys.token(ssoClaims(keys)))).status, 200);
  });

  it('let nobody in without a session, with one that was made up, or with one that is over', async () => {
    const ada = await open();
    const { body } = { body: { key: randomUUID(), text: 'help' } };

    for (const cookie of ['', '__Host-desk=', `__Host-desk=${'x'.repeat(43)}`, ada.cookie.slice(0, -1)])
      assert.equal((await ada.post('turn', body, { cookie })).status, 401);
    assert.equal((await ada.get('events', { cookie: '' })).status, 401);
    assert.equal((await ada.post('turn', body)).status, 200);
  });

  it('go on with one session where a second one is opened by the same person, and by nobody else', async () => {
    const ada = await open();
    const again = (who: 'ada' | 'bert', cookie: string) =>
      beginSession(app.url, keys.token(ssoClaims(keys, who)), { cookie });

    const second = await again('ada', ada.cookie);
    const other = await again('bert', ada.cookie);
    const made = await again('ada', `__Host-desk=${'x'.repeat(43)}`);

    assert.equal(second.headers.get('set-cookie'), null);
    assert.equal(((await second.json()) as { csrf: string }).csrf, ada.csrf);
    for (const response of [other, made]) {
      assert.match(response.headers.get('set-cookie') ?? '', /^__Host-desk=[\w-]{40,};/);
      assert.notEqual(((await response.json()) as { csrf: string }).csrf, ada.csrf);
    }
    assert.equal((await ada.post('turn', { key: randomUUID(), text: 'help' })).status, 200);
  });

  it('take nothing that changes something from a page of another site', async () => {
    const ada = await open();
    const body = { key: randomUUID(), text: 'help' };

    const foreign: readonly Record<string, string>[] = [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'made up' },
      { 'x-csrf-token': (await open('bert')).csrf },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://desk.partner.example' },
      { origin: 'https://desk.partner.example.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      assert.equal((await ada.post('turn', body, headers)).status, 403, JSON.stringify(headers));
    assert.equal((await ada.get('events', { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await ada.post('turn', body, { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await ada.post('turn', body, { origin: 'https://desk.partner.example' })).status, 200);
  });

  it('are shown inside Teams only, and load nothing from elsewhere', async () => {
    const response = await fetch(`${app.url}/web/desk`, { headers: { 'accept-language': 'pl-PL,pl;q=0.9' } });
    const html = await response.text();

    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(
      policy,
      /default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:/,
    );
    assert.match(policy, /frame-ancestors 'self' https:\/\/teams\.microsoft\.com https:\/\/\*\.teams\.microsoft\.com/);
    assert.doesNotMatch(policy, /unsafe|\*(?!\.)/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(html, /<html lang="pl">/);
    assert.doesNotMatch(html, /<script>|<style|style=|onload=/);
    const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    assert.equal(paths.length, 2);
    for (const path of paths) {
      const asset = await fetch(`${app.url}${path}`);
      assert.equal(asset.status, 200);
      assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
    }
  });

  it('do not exist under another address or another method', async () => {
    for (const path of ['/web/', '/web/desk/', '/web/assets/desk.js', '/web/assets/../index.ts', '/web/api/nothing'])
      assert.ok([401, 404].includes((await fetch(`${app.url}${path}`)).status), path);
    assert.equal((await fetch(`${app.url}/web/desk`, { method: 'POST' })).status, 405);
  });

  it('answer what is typed and pressed as in chat, with the rights of whoever has signed in', async () => {
    const ada = await open();
    const hela = await open('hela');

    const list = await ada.says('orders contoso');
    assert.match(list.view.text, /Contoso/);
    const refused = await hela.says('buy contoso');
    assert.match(refused.view.text, /may not|Only|role/i);
  });

  it('do not take who it is from the body', async () => {
    const hela = await open('hela');

    const { messages } = await hela.turn({ text: 'whoami', who: personOf('ada', 1), personId: personOf('ada', 1).id });

    assert.match(viewOf(messages.at(-1)?.card ?? {}).text, /Hela Kos/);
  });

  it('answer a press that comes again as they did the first time', async () => {
    const ada = await open();
    const asked = { key: randomUUID(), text: 'buy fabrikam' };

    const [first, second] = await Promise.all([ada.turn(asked), ada.turn(asked)]);
    const third = await ada.turn(asked);

    assert.equal(first.messages.length, 1);
    assert.deepEqual(second, first);
    assert.deepEqual(third, first);
  });

  it('give nobody the draft of another person', async () => {
    const ada = await open();
    const bert = await open('bert');
    const question = await ada.says('buy contoso');

    const answer = await bert.presses('Discard', question);

    const after = viewOf((await ada.presses('Save for later', question)).messages.at(-1)?.card ?? {});
    assert.equal(answer.messages.length, 0);
    assert.doesNotMatch(answer.text ?? '', /Contoso/);
    assert.match(after.text, /saved/i);
  });

  for (const [version, claims] of [
    ['version 2', { preferred_username: 'ada.nowak@partner.example' }],
    ['version 1', { upn: 'ada.nowak@partner.example', preferred_username: 'nobody' }],
  ] as const)
    it(`fill the contact of a ticket with what the token tells (${version})`, async () => {
      const ada = await openWebPage(app.url, keys.token(ssoClaims(keys, 'ada', claims)));
      const how = await ada.says('cancel 55117c4390c1');

      const { messages } = await ada.presses('By ticket', how);

      const form = viewOf(messages.at(-1)?.card ?? {});
      assert.match(form.text, /Contact: Ada Nowak, ada\.nowak@partner\.example/);
      assert.equal(form.inputs.find(({ label }) => label === 'Contact e-mail')?.value, 'ada.nowak@partner.example');
      assert.deepEqual(
        form.inputs.slice(0, 2).map(({ label }) => label),
        ['Reason for the refund', 'Contact phone'],
      );
      await ada.presses('Discard', { messageId: how.messageId, view: form });
    });

  it('take files for the ticket of the draft’s owner alone, and give them back as downloads', async () => {
    const [ada, bert] = [await open(), await open('bert')];
    const { view } = await ada.says('cancel e5db9b4bdf10');
    const draft = String((view.button('By ticket').data as Record<string, unknown>).draft);
    const send = (page: WebPage, method: string, query: string, body?: Buffer, headers: Record<string, string> = {}) =>
      fetch(`${app.url}/web/api/files?${query}`, {
        method,
        headers: { cookie: page.cookie, origin: new URL(app.url).origin, 'x-csrf-token': page.csrf, ...headers },
        body: body && new Uint8Array(body),
      });
    const asBody = async (response: Response) => (await response.json()) as { files: { id: string; name: string }[] };

    const added = await send(ada, 'PUT', `draft=${draft}&name=${encodeURIComponent('../Umowa ż.pdf')}`, pdfFile());
    const again = await send(ada, 'PUT', `draft=${draft}&name=again.pdf`, pdfFile());
    const [file] = (await asBody(again)).files;
    const given = await send(ada, 'GET', `draft=${draft}&file=${file?.id}`);
    const bad = await send(ada, 'PUT', `draft=${draft}&name=setup.pdf`, Buffer.from('MZ\u0000'));
    const tooLarge = await send(ada, 'PUT', `draft=${draft}&name=a.txt`, Buffer.alloc(20 * 1024 * 1024 + 1, 'a'));

    assert.equal(added.status, 200);
    assert.equal(file?.name, 'Umowa ż.pdf');
    assert.equal(given.status, 200);
    assert.deepEqual(Buffer.from(await given.arrayBuffer()), pdfFile());
    assert.equal(given.headers.get('content-disposition'), "attachment; filename*=UTF-8''Umowa%20%C5%BC.pdf");
    assert.equal(given.headers.get('content-type'), 'application/pdf');
    assert.equal(given.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(given.headers.get('cache-control'), 'no-store');
    assert.equal(bad.status, 422);
    assert.match(await bad.text(), /I do not take \\?"setup\.pdf/);
    assert.equal(tooLarge.status, 422);
    for (const [method, query, body] of [
      ['GET', '', undefined],
      ['GET', `&file=${file?.id}`, undefined],
      ['PUT', '&name=b.pdf', pdfFile('b')],
      ['DELETE', `&file=${file?.id}`, undefined],
    ] as const) {
      assert.equal((await send(bert, method, `draft=${draft}${query}`, body)).status, 403, `${method} ${query}`);
      assert.equal((await send(ada, method, `draft=${draft}${query}`, body, { cookie: '' })).status, 401);
    }
    const forged = { 'x-csrf-token': bert.csrf };
    assert.equal((await send(ada, 'PUT', `draft=${draft}&name=b.pdf`, pdfFile('b'), forged)).status, 403);
    assert.equal((await send(ada, 'DELETE', `draft=${draft}&file=${file?.id}`, undefined, forged)).status, 403);
    assert.equal((await send(ada, 'GET', `draft=${randomUUID()}`)).status, 404);
    assert.deepEqual((await asBody(await send(ada, 'GET', `draft=${draft}`))).files.length, 1);
    assert.deepEqual((await asBody(await send(ada, 'DELETE', `draft=${draft}&file=${file?.id}`))).files, []);
  });

  it('keep no more files in memory than a few: of each person, and of all', async () => {
    const people = await Promise.all((['ada', 'bert', 'sara'] as const).map((who) => open(who)));
    const drafts = await Promise.all(
      people.map(async (page) => {
        const { view } = await page.says('cancel 55117c4390c1');
        return String((view.button('Discard').data as Record<string, unknown>).draft);
      }),
    );
    const request = (at: number, length: number): ClientRequest => {
      const { cookie, csrf } = people[at] ?? assert.fail();
      const headers = { cookie, origin: new URL(app.url).origin, 'x-csrf-token': csrf, 'content-length': length };
      return httpRequest(`${app.url}/web/api/files?draft=${drafts[at]}&name=a.pdf`, { method: 'PUT', headers });
    };
    /** So much of a larger file that it is gone only once it is being read. */
    const part = Buffer.alloc(12 * 1024 * 1024, 'a');
    const begin = async (at: number): Promise<ClientRequest> => {
      const sending = request(at, part.length + 1);
      sending.on('error', () => undefined);
      await new Promise((resolve) => sending.write(part, resolve));
      return sending;
    };
    const sends = (at: number): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sending = request(at, pdfFile().length);
        sending.on('response', (response) => resolve(response.resume().statusCode));
        sending.on('error', reject);
        sending.end(pdfFile());
      });

    const begun = await Promise.all([begin(0), begin(0)]);
    assert.deepEqual([await sends(0), await sends(2)], [429, 200]);
    begun.push(await begin(1), await begin(1));
    assert.equal(await sends(2), 503);
    for (const sending of begun) sending.destroy();

    await waitUntil(async () => (await sends(0)) === 200, 'the room of those that were given up');
    assert.equal(await sends(2), 200);
  });

  it('take nonsense for what it is', async () => {
    const ada = await open();
    for (const body of [
      {},
      { key: 'short', text: 'help' },
      { key: randomUUID() },
      { key: randomUUID(), text: '' },
      { key: randomUUID(), text: '\u200b' },
      { key: randomUUID(), text: 'x'.repeat(4001) },
      { key: randomUUID(), action: 'press' },
      [],
    ])
      assert.equal((await ada.post('turn', body)).status, 400, JSON.stringify(body).slice(0, 100));
    const { text } = await ada.turn({ action: { do: 'next', draft: 'nobody’s', step: 'x' } });
    assert.match(text ?? '', /expired or was discarded/);
  });

  it('take ids, texts and cursors that can be none for what they are', async () => {
    const ada = await open();
    const before = app.log.length;
    const nowhere = [
      'x y z',
      '2026-02-30T10:00:00.000Z order 1',
      '2026-13-01T10:00:00.000Z order 1',
      '2026-01-01 order 1',
    ];

    for (const from of nowhere)
      assert.equal((await ada.get(`audit?from=${encodeURIComponent(from)}`)).status, 400, from);
    for (const from of ['2026-99-99T99:99 x', '2026-02-30T10:00:00.000000Z SD-AAAAAA'])
      assert.equal((await ada.get(`cases?from=${encodeURIComponent(from)}`)).status, 400, from);
    for (const path of ['files?draft=%00', 'files?case=%00', 'search?text=a%00b', 'audit?customer=%00'])
      assert.equal((await ada.get(path)).status, 400, path);
    for (const draft of ['\u0000', '\ud800', '../desk', 'x'.repeat(101)])
      assert.equal((await ada.post('page-turn', { draft })).status, 400, JSON.stringify(draft));
    for (const key of ['\u0000'.repeat(8), '\ud800aaaaaaa']) {
      assert.equal((await ada.post('turn', { key, text: 'help' })).status, 200);
      assert.equal((await ada.post('turn', { key: `${key}2`, action: { do: 'next', draft: key } })).status, 200);
    }

    assert.doesNotMatch(app.log.slice(before).join(''), /"level":(50|60)/);
  });

  it('show the conversation of a person to nobody else, also once it is over', async () => {
    const [ada, bert, sara] = [await open(), await open('bert'), await open('sara')];
    const question = await ada.says('buy contoso');
    const { draft } = question.view.button('Discard').data as { draft: string };
    const shownTo = async (page: WebPage) => (await page.post('page-turn', { draft })).text();

    for (const page of [bert, sara]) assert.doesNotMatch(await shownTo(page), /Contoso|"card"/);
    await ada.presses('Discard', question);

    for (const page of [bert, sara]) assert.doesNotMatch(await shownTo(page), /Contoso|"card"/);
    assert.match(await shownTo(ada), /"card"/);
  });

  it('give a key for a one-time token once, of two that come at once and wherever it comes again, and count the others', async () => {
    const [ada, bert] = [await open(), await open('bert')];
    const question = await ada.says('keys e5db9b4bdf10');
    const { draft, step } = question.view.button('Get key').data as Record<string, string>;
    const action = { do: 'getKey', draft, step };
    const { token } = (await (await ada.post('page-turn', { draft, action })).json()) as { token: string };
    const present = async (page: WebPage) => (await page.post('page-turn', { draft, action, token })).text();

    assert.doesNotMatch(await present(bert), keyPattern);
    const answers = await Promise.all([present(ada), present(ada), present(ada)]);
    for (let again = 0; again < 5; again += 1) answers.push(await present(ada));
    await present(bert);

    assert.equal(answers.filter((text) => keyPattern.test(text)).length, 1);
    const { rows } = (await (await ada.get('audit')).json()) as { rows: PageRow[] };
    const refused = rows.filter(({ heading }) => /and refused/.test(heading)).map(({ details }) => details.join(' '));
    assert.equal(refused.length, 2, refused.join('\n'));
    // Of those that come at once, one that waits too long for the first is told so, and asks for nothing.
    assert.ok(
      refused.some((text) => /^Ada Nowak .*asked for [5-7] times/.test(text)),
      refused.join('\n'),
    );
    assert.ok(
      refused.some((text) => /^Bert .*asked for 2 times/.test(text)),
      refused.join('\n'),
    );
  });

  it('keep no more live connections of one person open than thirty, however many are asked for at once', async () => {
    const ada = await open();
    const closing = new AbortController();
    const { signal } = closing;
    const asked = Array.from({ length: 60 }, () =>
      fetch(`${app.url}/web/api/events`, { headers: { cookie: ada.cookie }, signal }),
    );

    const statuses = (await Promise.all(asked)).map(({ status }) => status);

    assert.equal(statuses.filter((status) => status === 200).length, 30);
    assert.equal(statuses.filter((status) => status === 429).length, 30);
    closing.abort();
    const isFree = async () => (await ada.get('events', { connection: 'close' })).status === 200;
    await waitUntil(isFree, 'a live connection');
  });

  it('show the desk: what needs somebody, windows that close, drafts, cases, and search', async () => {
    const ada = await open();
    await ada.says('remind e5db9b4bdf10');
    await ada.says('buy adventure works');

    const response = await ada.get('desk');
    const desk = (await response.json()) as DeskData;
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const closing = desk.closing.find(({ heading }) => heading.includes('e5db9b4bdf10'));
    assert.ok((closing?.days?.left ?? 0) > 0);
    assert.ok(desk.drafts.some(({ heading }) => heading.startsWith('Buy software for Adventure Works')));
    assert.equal(desk.mayAudit, true);
    const draft = desk.drafts[0]?.action?.data ?? {};
    assert.ok((await ada.turn({ action: draft })).messages.length > 0);

    const groups = (await (await ada.get('search?text=contoso')).json()) as { title: string; rows: PageRow[] }[];
    assert.deepEqual(
      groups.map(({ title }) => title),
      ['Customers', 'Orders and software', 'Cases'],
    );
    assert.match(groups[0]?.rows[0]?.heading ?? '', /Contoso/);
    assert.ok((groups[1]?.rows.length ?? 0) > 2);
    const found = await ada.turn({ action: groups[1]?.rows[0]?.action?.data });
    assert.match(viewOf(found.messages.at(-1)?.card ?? {}).text, /Contoso/);
    const forged = `audit?from=${encodeURIComponent('yesterday case 1')}`;
    for (const path of [
      'search',
      'search?text=',
      'desk?shown=all',
      'cases?from=nonsense',
      'audit?since=yesterday',
      'audit?from=1',
      'audit?review=yes',
      forged,
    ])
      assert.equal((await ada.get(path)).status, 400, path);
  });

  it('ask the database as often as docs/architecture.md says, and Partner Center only for a search', async () => {
    const ada = await open();
    await ada.get('desk');
    const cost = async (act: () => Promise<unknown>) => {
      const { sql, partnerCenterCalls } = await countTurn(app, act);
      return [sql, partnerCenterCalls];
    };
    await ada.says('help');

    assert.deepEqual(
      {
        desk: await cost(() => ada.get('desk')),
        more: await cost(() => ada.get('desk?shown=40')),
        cases: await cost(() => ada.get('cases')),
        audit: await cost(() => ada.get('audit')),
        help: await cost(() => ada.turn({ text: 'help' })),
        question: await cost(() => ada.turn({ text: 'buy' })),
      },
      { desk: [9, 0], more: [9, 0], cases: [3, 0], audit: [2, 0], help: [1, 0], question: [3, 0] },
    );
  });

  it('show and export the audit log to those who may, and write down that it was exported', async () => {
    const gert = await open('gert');
    const ada = await open();
    const hela = await open('hela');
    assert.equal((await hela.get('audit')).status, 403);
    assert.equal((await hela.post('audit/export', {})).status, 403);
    assert.equal(((await (await hela.get('desk')).json()) as DeskData).mayAudit, false);
    await ada.presses('Get key', await ada.says('keys e5db9b4bdf10'), { Version: '2022', Language: 'Polish' });

    const file = await gert.post('audit/export', { customer: 'contoso', since: '', until: '' });

    assert.equal(file.headers.get('content-type'), 'text/csv; charset=utf-8');
    const [header, exported = '', shown = ''] = (await file.text()).split('\r\n');
    assert.match(header ?? '', /time_utc,kind,who,customer_id,customer,orders,what,more/);
    assert.match(exported, /,export,Gert Sowa,[\w-]+,Contoso Ltd,,Audit log taken as a file,/);
    assert.match(shown, /,secret,Ada Nowak,[\w-]+,Contoso Ltd,e5db9b4bdf10,/);
    assert.doesNotMatch(`${exported}${shown}`, keyPattern);
    const { rows } = (await (await gert.get('audit?customer=contoso')).json()) as { rows: PageRow[] };
    assert.equal(rows[0]?.heading, 'Audit log taken as a file');
    const review = { customer: 'contoso', review: 'on' };
    const [, ...looks] = (await (await gert.post('audit/export', review)).text()).split('\r\n').filter(Boolean);
    assert.ok(looks.length > 0 && looks.every((line) => line.includes(',secret,')), looks.join('\n'));
    const seen = (await (await gert.get('audit?customer=contoso&review=on')).json()) as { rows: PageRow[] };
    assert.equal(seen.rows.length, looks.length);
    const none = await gert.get('audit?customer=nobody+of+that+name');
    assert.equal(none.status, 422);
    assert.match(((await none.json()) as { text: string }).text, /No customer matches "nobody of that name"/);
  });

  it('tell names and texts of others so that none turns what stands beside it', async () => {
    const { id: oid } = personOf('ada', 7);
    const turning = '\u202Ekawon\u202C \u2066x\u2069 \u200F\u061C\u001b[31m\u0085';
    const token = keys.token(ssoClaims(keys, 'ada', { oid, name: `Ada ${turning}` }));
    const begun = await (await sessionWith(token)).text();
    const page = await openWebPage(app.url, token);
    const live = await page.listen();
    const query = encodeURIComponent(turning);
    const told = [
      begun,
      ...(await Promise.all(
        ['desk', `search?text=${query}`, 'audit', `audit?customer=${query}`].map(async (path) =>
          (await page.get(path)).text(),
        ),
      )),
      await (await page.post('audit/export', {})).text(),
      JSON.stringify(await page.turn({ text: 'whoami' })),
      JSON.stringify(await page.turn({ text: `keys ${turning}` })),
    ];
    live.close();

    const misleading = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}|\\u(00[01]|007f|008|009)/u;
    for (const text of told) assert.doesNotMatch(text, misleading);
    assert.ok(told.filter((text) => text.includes('kawon')).length >= 5, 'the names and texts are told');
  });

  it('let nobody in and give no file while the audit log cannot be written, and say why', async function () {
    const { databaseUrl } = app.database;
    if (!databaseUrl) skip(this, 'only a server can be reached from outside the product');
    const ada = await open();
    const keysCard = await ada.says('keys e5db9b4bdf10');
    const why = /Nothing was done: the audit log cannot be written/;
    const newcomer = keys.token(ssoClaims(keys, 'ada', { oid: personOf('ada', 90).id }));
    const live = await ada.listen();
    await whileAuditLogIsAway(databaseUrl, async (way) => {
      const [refused, file] = await Promise.all([sessionWith(newcomer), ada.post('audit/export', {})]);
      assert.equal(refused.headers.get('set-cookie'), null, way);
      for (const answer of [refused, file]) {
        assert.equal(answer.status, 503, way);
        assert.match(((await answer.json()) as { text: string }).text, why, way);
      }
      for (const title of ['Get key', 'Download', 'Copy link']) {
        const before = live.received().length;
        const answer = JSON.stringify(await ada.presses(title, keysCard, { Version: '2022', Language: 'Polish' }));
        // What takes longer than an answer may is said live.
        const isTold = () => /Nothing was shown: that you look/.test(answer + live.received().slice(before));
        await waitUntil(isTold, `${title}, ${way}: ${answer}`);
        assert.doesNotMatch(answer + live.received(), keyPattern);
      }
    });
    live.close();
    assert.equal((await sessionWith(newcomer)).status, 200);
  });

  it('refuse a name that several customers have, and name them', async () => {
    const gert = await open('gert');
    const before = (await (await gert.get('audit')).json()) as { rows: PageRow[] };

    const asked = await gert.get('audit?customer=fabrikam');
    const exported = await gert.post('audit/export', { customer: 'fabrikam' });
    const named = await gert.get('audit?customer=fabrikam+inc');

    for (const refused of [asked, exported]) {
      assert.equal(refused.status, 422);
      const { text } = (await refused.json()) as { text: string };
      assert.match(
        text,
        /Several customers match "fabrikam": Fabrikam Inc \(.*Fabrikam Polska \(.*Type the whole name/,
      );
    }
    assert.equal(named.status, 200);
    const after = (await (await gert.get('audit')).json()) as { rows: PageRow[] };
    assert.deepEqual(after.rows, before.rows);
  });

  it('show nothing to whoever has lost their role since they signed in', async () => {
    const { cookie } = await open('hela');
    await app.restart({ HELPDESK_AGENTS: '' });

    for (const path of ['desk', 'cases', 'search?text=contoso', 'audit']) {
      const response = await fetch(`${app.url}/web/api/${path}`, { headers: { cookie } });
      assert.equal(response.status, 403, path);
      assert.match(((await response.json()) as { text: string }).text, /role|may/i);
    }
  });

  it('show a key in the answer of the press alone: not live, not in Teams, not in the database', async () => {
    const ada = await open();
    const live = await ada.listen();
    const ready = await ada.says('keys e5db9b4bdf10');

    const answered = await ada.presses('Get key', ready, { Version: '2022', Language: 'Polish' });

    const [key = ''] = JSON.stringify(answered.secret ?? {}).match(keyPattern) ?? [];
    assert.match(key, keyPattern);
    assert.doesNotMatch(JSON.stringify(answered.messages), keyPattern);
    // After its time the card without it comes live.
    await waitUntil(() => live.received().includes(ready.messageId), 'the card without the key');
    live.close();
    assert.ok(!live.received().includes(key));
    assert.ok(!app.connector.requests.some(({ text }) => text.includes(key)));
    assert.ok(!app.log.join('').includes(key));
    // The last one here, because the files are read once it has stopped.
    await app.terminate();
    const rows = await readDatabase(app.database, everyRow);
    assert.ok([...rows.values()].flat().every((row) => !row.includes(key)));
  });
});

describe('the web pages in development', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({}, { forPlayground: true });
  });
  after(() => app.stop());

  it('are the Playground’s person’s, without signing in', async () => {
    const page = await openWebPage(app.url);

    const { view } = await page.says('whoami');

    assert.match(view.text, /Ada Nowak/);
    assert.match(view.text, /admin agent/i);
  });

  it('open under no other name than this machine’s, and through no tunnel', async () => {
    const { port } = new URL(app.url);
    const foreign: readonly Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=203.0.113.7' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign)
      assert.equal((await beginSession(app.url, undefined, headers)).status, 403, JSON.stringify(headers));
    // What `fetch` does not let one say: another name for this machine.
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const headers = {
        host: `evil.example:${port}`,
        origin: `http://evil.example:${port}`,
        'content-type': 'application/json',
      };
      request({ host: '127.0.0.1', port, path: '/web/api/session', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end('{}');
    });
    assert.equal(status, 403);
  });
});
