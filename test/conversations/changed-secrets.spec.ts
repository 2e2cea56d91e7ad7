import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { createSimulator, defaultAccount, type Simulator } from '../../src/simulator/index.ts';
import { freshOrder, referenceOn, toTicketReview } from '../support/cancellation-steps.ts';
import { createIdentity, type Identity } from '../support/certificates.ts';
import type { Conversation } from '../support/conversation.ts';
import { untilCard } from '../support/purchase-steps.ts';
import { type RegisteredApp, startRegisteredApp } from '../support/registered-app.ts';
import { controlSimulator } from '../support/simulator-control.ts';
import { readBody, startStubServer } from '../support/stub-server.ts';
import { waitUntil } from '../support/wait-until.ts';

const printOf = ({ certificate }: Identity) => createHash('sha256').update(certificate.raw).digest('base64url');

/** In front of the simulator's: takes the proofs and refresh tokens that it is told to take, and exchanges each for another. */
async function startDirectory(simulatorUrl: string) {
  const account = defaultAccount();
  const takes = { proofs: [''], refreshTokens: [''] };
  let given = 0;
  const server = await startStubServer(async (request, response) => {
    const form = new URLSearchParams((await readBody(request)).toString());
    const assertion = form.get('client_assertion');
    const header = assertion === null ? {} : (decodeProtectedHeader(assertion) as Record<string, unknown>);
    const proof = String(header['x5t#S256'] ?? form.get('client_secret'));
    const refreshToken = form.get('refresh_token');
    response.setHeader('content-type', 'application/json');
    if (!takes.proofs.includes(proof) || (refreshToken !== null && !takes.refreshTokens.includes(refreshToken))) {
      response.statusCode = 401;
      response.end(JSON.stringify({ error: 'invalid_client', error_description: 'AADSTS7000215: Invalid.' }));
      return;
    }
    for (const name of ['client_assertion', 'client_assertion_type']) form.delete(name);
    form.set('client_secret', account.clientSecret);
    if (refreshToken !== null) form.set('refresh_token', account.refreshToken);
    const answer = await fetch(`${simulatorUrl}${request.url}`, { method: 'POST', body: form });
    const body = (await answer.json()) as Record<string, unknown>;
    if (refreshToken !== null) {
      given += 1;
      body.refresh_token = `given-${given}`;
      takes.refreshTokens = [...takes.refreshTokens, `given-${given}`];
    }
    response.statusCode = answer.status;
    response.end(JSON.stringify(body));
  });
  return { url: server.url, takes, given: () => given, close: () => server.close() };
}

/** The steps of docs/operations.md, "Changing secrets", each on a bot that is stopped, and started with the new value. */
describe('a bot whose secrets are changed, with a case open', () => {
  let simulator: Simulator;
  let directory: Awaited<ReturnType<typeof startDirectory>>;
  let running: RegisteredApp;
  let talk: Conversation;
  let reference = '';
  let people = 1;
  const control = controlSimulator(() => simulator.url);

  before(async () => {
    simulator = await createSimulator({ port: 0, mode: 'extended', delaySeconds: 600 });
    directory = await startDirectory(simulator.url);
    Object.assign(directory.takes, { proofs: ['secret-1'], refreshTokens: ['consent-1'] });
    const { tenantId, clientId } = defaultAccount();
    running = await startRegisteredApp({
      PARTNER_CENTER_URL: simulator.url,
      PARTNER_CENTER_AUTHORITY: directory.url,
      PARTNER_CENTER_TENANT_ID: tenantId,
      PARTNER_CENTER_CLIENT_ID: clientId,
      PARTNER_CENTER_CLIENT_SECRET: 'secret-1',
      PARTNER_CENTER_REFRESH_TOKEN: 'consent-1',
      SEALING_KEY: '1'.repeat(32),
      PUBLIC_URL: 'https://127.0.0.1:1',
    });
    const order = await freshOrder({ simulatorUrl: simulator.url, advance: control.advance });
    await control.advance(700);
    talk = running.in('channel', people);
    await toTicketReview(talk, order);
    reference = referenceOn(await talk.goes('Submit'));
    await untilCard(running.app, talk, /waiting for Microsoft/);
  });
  after(async () => {
    await running?.stop();
    await directory?.close();
    await simulator?.close();
  });

  const refusals = () => running.app.log.filter((line) => /sign-in refused|cannot be opened/.test(line));
  const isRegisteredAt = async (address: string) =>
    waitUntil(
      () => running.app.log.some((line) => line.includes('"partner center webhook"') && line.includes(address)),
      `the registration of ${address}`,
    );

  /** Between two sweeps: a look at the case that is cut off counts as failed, and the next one comes a minute later. */
  async function untilNobodyAsks(): Promise<void> {
    let asked = -1;
    const isQuiet = async () => {
      const before = asked;
      asked = (await control.requests()).length;
      return asked === before;
    };
    await waitUntil(isQuiet, 'a pause', 25_000, 150);
  }

  /** It signs in as the service account, whoever was there still has the case, and a newcomer is told what Partner Center knows. */
  async function goesOn(changed: Readonly<Record<string, string | undefined>>): Promise<void> {
    people += 1;
    await untilNobodyAsks();
    const before = directory.given();
    await running.app.restart(changed);
    // The sweep does, which looks at the ticket.
    await waitUntil(() => directory.given() > before, 'a sign-in as the service account');
    assert.match((await talk.says('cases')).text, new RegExp(reference));
    const newcomer = running.in('personal', people);
    assert.match((await newcomer.says('software Contoso Ltd')).text, /Windows Server/);
    assert.deepEqual(refusals(), []);
  }

  it('goes on with a new client secret and its consent, when the old ones are gone', async () => {
    Object.assign(directory.takes, { proofs: ['secret-2'], refreshTokens: ['consent-2'] });

    await goesOn({ PARTNER_CENTER_CLIENT_SECRET: 'secret-2', PARTNER_CENTER_REFRESH_TOKEN: 'consent-2' });
  });

  it('goes on with a certificate in its place, and the consent that it had', async () => {
    const identity = createIdentity({ name: 'desk' });
    directory.takes.proofs = [printOf(identity)];

    await goesOn({ PARTNER_CENTER_CLIENT_SECRET: identity.pem + identity.keyPem });
  });

  it('goes on with a new password of the bot', async () => {
    await goesOn({ MicrosoftAppPassword: 'another password' });
  });

  it('goes on with a new sealing key, by the refresh token that was sealed with the one before', async () => {
    directory.takes.refreshTokens = directory.takes.refreshTokens.filter((token) => token.startsWith('given'));

    await goesOn({ SEALING_KEY: '2'.repeat(32), SEALING_KEY_PREVIOUS: '1'.repeat(32) });
    await goesOn({ SEALING_KEY_PREVIOUS: undefined });
  });

  it('registers its new address for events in the place of the one before', async () => {
    await isRegisteredAt('127.0.0.1:1');
    await goesOn({ PUBLIC_URL: 'https://127.0.0.1:2' });

    await isRegisteredAt('127.0.0.1:2');
    const line = running.app.log.find((one) => one.includes('"partner center webhook"') && one.includes('127.0.0.1:2'));
    assert.match(line ?? '', /"outcome":"replaced"/);
  });

  it('tells at last, once, that the case has completed', async () => {
    await control.advance(4 * 3600);

    await running.app.connector.until(
      () => talk.cards().some(({ view }) => view.text.includes(`${reference} has completed`)),
      'the notice',
      120_000,
    );
    const told = talk.cards().filter(({ view }) => view.text.includes(`${reference} has completed`));
    assert.equal(told.length, 1);
  }).timeout(150_000);
});
