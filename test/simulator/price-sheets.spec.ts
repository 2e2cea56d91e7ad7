import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { crc32, gunzipSync } from 'node:zlib';
import { readZip } from '../manifest/read-zip.ts';
import { type Client, startClient } from './client.ts';

describe('price sheets', () => {
  let client: Client;
  let bearer: string;
  before(async () => {
    client = await startClient();
    bearer = (await client.token({})).text('access_token');
  });
  after(() => client.close());

  /** The bytes as they are sent: `fetch` would unpack some of them. */
  const sheet = (encoding?: string) =>
    new Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
      const url = `${client.simulator.url}/v1.0/sales/pricesheets(Market='PL',PricesheetView='software')/$value`;
      const accept = encoding === undefined ? {} : { 'Accept-Encoding': encoding };
      get(url, { headers: { Authorization: `Bearer ${bearer}`, ...accept } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }));
      }).on('error', reject);
    });
  const plain = async () => (await sheet()).bytes.toString();

  it('are a CSV that is not packed unless asked for', async () => {
    for (const encoding of [undefined, 'identity', 'br']) {
      const { headers, bytes } = await sheet(encoding);

      assert.match(headers['content-type'] ?? '', /^text\/csv/);
      assert.equal(headers['content-encoding'], undefined);
      assert.match(bytes.toString(), /^ProductTitle,ProductId,/);
    }
  });

  it('are a ZIP with the CSV in it when asked for with Accept-Encoding: deflate', async () => {
    const { headers, bytes } = await sheet('deflate');
    const files = readZip(bytes);
    const [name, content] = [...files][0] ?? [];

    assert.equal(headers['content-type'], 'application/octet-stream');
    assert.equal(headers['content-disposition'], 'attachment; filename="software_PL.zip"');
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(files.size, 1);
    assert.equal(name, 'software_PL.csv');
    assert.equal(content?.toString(), await plain());
    assert.ok(bytes.length < (content?.length ?? 0) / 3);
  });

  it('say in the ZIP how long they are, when they were made, and their checksum', async () => {
    const { bytes } = await sheet('Deflate');
    const content = Buffer.from(await plain());
    const directory = bytes.readUInt32LE(bytes.length - 6);

    for (const crcAt of [14, directory + 16]) {
      assert.equal(bytes.readUInt32LE(crcAt), crc32(content));
      assert.equal(bytes.readUInt32LE(crcAt + 8), content.length);
    }
    const date = bytes.readUInt16LE(12);
    const now = client.simulator.now();
    assert.deepEqual(
      [1980 + (date >> 9), (date >> 5) & 15, date & 31],
      [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()],
    );
  });

  it('are sent as gzip, and say so, to whoever unpacks that by itself', async () => {
    for (const encoding of ['gzip', 'gzip, deflate', 'br;q=1.0, gzip;q=0.8, *;q=0.1']) {
      const { headers, bytes } = await sheet(encoding);

      assert.equal(headers['content-encoding'], 'gzip');
      assert.match(headers['content-type'] ?? '', /^text\/csv/);
      assert.equal(gunzipSync(bytes).toString(), await plain());
    }
  });

  it('are not packed in a way that is ruled out', async () => {
    const { headers } = await sheet('gzip;q=0, deflate;q=0.0');

    assert.match(headers['content-type'] ?? '', /^text\/csv/);
    assert.equal(headers['content-encoding'], undefined);
  });

  it('have a row per SKU, term and segment, and are for people only', async () => {
    const path = "/v1.0/sales/pricesheets(Market='PL',PricesheetView='software')/$value";
    const csv = await client.get(path);
    const [head, ...rows] = csv.bytes.toString().trim().split('\r\n');
    await client.signIn({ resource: 'https://api.partner.microsoft.com' });
    const withItsOwnAudience = await client.get(path);
    await client.signIn({ grant_type: 'client_credentials' });
    const forApplications = await client.get(path);

    assert.match(csv.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(head ?? '', /^ProductTitle,ProductId,SkuId,SkuTitle,.*UnitPrice.*,ERP Price,Segment$/);
    assert.ok(rows.some((row) => row.includes('"DG7GMGF0FLR1","0002"') && row.includes('P3Y,Triennial,PL,PLN,')));
    assert.equal(withItsOwnAudience.status, 200);
    assert.equal(forApplications.at('code'), 900329);
    await client.signIn();
  });

  it('do not exist for other views and markets', async () => {
    const sheetOf = (market: string, view: string) =>
      client.get(`/v1.0/sales/pricesheets(Market='${market}',PricesheetView='${view}')/$value`);

    assert.equal((await sheetOf('PL', 'marketplace')).status, 400);
    assert.equal((await sheetOf('XX', 'software')).status, 400);
  });
});
