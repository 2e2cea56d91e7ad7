import assert from 'node:assert/strict';
import { constants, createHash, generateKeyPairSync, verify } from 'node:crypto';
import { inspect } from 'node:util';
import { ClientSecretError, readClientSecret } from '../../../src/partner-center/client/client-secret.ts';
import { createIdentity } from '../../support/certificates.ts';
import { closeBenches, customerId, items, startBench } from '../../support/partner-center-client.ts';

const own = createIdentity({ name: 'software-desk' });
const other = createIdentity({ name: 'somebody else' });
const none = () => {
  throw new Error('ENOENT');
};

describe('the client secret', () => {
  it('is what was written', () => {
    assert.equal(readClientSecret('a~secret.value', none), 'a~secret.value');
  });

  it('is read from the file where a .pem is named', () => {
    const files: string[] = [];
    const read = readClientSecret('/etc/desk/Partner.PEM', (path) => {
      files.push(path);
      return `${own.pem}${own.keyPem}`;
    });

    assert.deepEqual(files, ['/etc/desk/Partner.PEM']);
    assert.equal(read, `${own.pem}${own.keyPem}`);
  });

  it('may be the PEM itself, its line breaks escaped', () => {
    const pem = `${own.keyPem}${own.pem}`;

    assert.equal(readClientSecret(pem.replaceAll('\n', '\\n'), none), pem);
  });

  const passphrase = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const wrong: readonly [string, string, RegExp][] = [
    ['without a key', own.pem, /without its private key/],
    ['without a certificate', own.keyPem, /without its certificate/],
    ['of a key and another certificate', `${own.keyPem}${other.pem}`, /do not belong together/],
    ['with two keys', `${own.keyPem}${other.keyPem}${own.pem}`, /more than one private key/],
    ['with a passphrase', `${own.key.export(passphrase)}${own.pem}`, /passphrase/],
    ['with a key that is not RSA', `${elliptic.export({ type: 'pkcs8', format: 'pem' })}${own.pem}`, /not RSA/],
    ['with a broken key', own.keyPem.replace(/\n[^-]{20}/, '\n!!!!') + own.pem, /cannot be read/],
    ['with a broken certificate', own.keyPem + own.pem.replace(/\n[^-]{30}/, '\nAAAA'), /cannot be read/],
  ];
  for (const [what, pem, problem] of wrong) {
    it(`is refused as a PEM ${what}, and not quoted`, () => {
      assert.throws(
        () => readClientSecret(pem, none),
        (error) => {
          assert.ok(error instanceof ClientSecretError);
          assert.match(error.message, /^PARTNER_CENTER_CLIENT_SECRET /);
          assert.match(error.message, problem);
          assert.ok(!inspect(error, { depth: 9 }).includes('MII'));
          return true;
        },
      );
    });
  }

  it('is refused where the file is not there, or is no PEM', () => {
    assert.throws(() => readClientSecret('gone.pem', none), /names the file gone\.pem, which cannot be read/);
    assert.throws(() => readClientSecret('odd.pem', () => 'hello'), /odd\.pem, which is not PEM/);
  });
});

describe('a certificate', () => {
  afterEach(closeBenches);

  const orders = `/v1/customers/${customerId}/orders`;
  const entitlements = `/v1/customers/${customerId}/entitlements`;
  const routes = { [`GET ${orders}`]: { json: items([]) }, [`GET ${entitlements}`]: { json: items([]) } };

  it('signs an assertion for each sign-in, and no secret goes out', async () => {
    const clientSecret = readClientSecret(`${other.pem}${own.pem}${own.keyPem}`, none);
    const { center, server, timer } = await startBench(routes, { clientSecret });

    await center.ordering.orders(customerId);
    await center.keys.entitlements(customerId, 'US');

    const forms = server.signIns.map(({ text }) => new URLSearchParams(text));
    assert.deepEqual(
      forms.map((form) => form.get('grant_type')),
      ['client_credentials', 'refresh_token'],
    );
    const ids = new Set<unknown>();
    for (const form of forms) {
      assert.equal(form.get('client_secret'), null);
      assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      const [head = '', body = '', signature = ''] = String(form.get('client_assertion')).split('.');
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
      assert.deepEqual(read(head), {
        alg: 'PS256',
        typ: 'JWT',
        'x5t#S256': createHash('sha256').update(own.certificate.raw).digest('base64url'),
      });
      const { jti, iat, nbf, exp, ...claims } = read(body);
      const audience = `${server.url}/partner-tenant/oauth2/token`;
      assert.deepEqual(claims, { aud: audience, iss: 'the-client', sub: 'the-client' });
      assert.equal(iat, Math.floor(timer.now() / 1000));
      assert.ok(nbf <= iat && exp > iat && exp <= iat + 600);
      ids.add(jti);
      const key = {
        key: own.certificate.publicKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      };
      assert.ok(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')));
    }
    assert.equal(ids.size, 2);
  });

  it('that the directory refuses is told as such', async () => {
    const clientSecret = `${own.pem}${own.keyPem}`;
    const refusal = { error: 'invalid_client', error_codes: [700027], error_description: 'AADSTS700027: no.' };
    const { center } = await startBench(
      { ...routes, 'POST /partner-tenant/oauth2/token': { status: 401, json: refusal } },
      { clientSecret },
    );

    await assert.rejects(center.ordering.orders(customerId), (error) => {
      assert.match(inspect(error, { depth: 9 }), /certificate of PARTNER_CENTER_CLIENT_SECRET was refused/);
      assert.ok(!inspect(error, { depth: 9 }).includes('MII'));
      return true;
    });
  });
});
