import assert from 'node:assert/strict';
import { get, type IncomingHttpHeaders } from 'node:http';
import { crc32, gunzipSync } from 'node:zlib';
import { readZip } from '../manifest/read-zip.ts';
import { type Desk, openDesk } from './desk.ts';

describe('price sheets', () => {
  let desk: Desk;
  let bearer: string;
  before(async () => {
    desk = await openDesk();
    bearer = (await desk.token({})).text('access_token');
  });
  after(() => desk.close());

  /** The bytes as they are sent: `fetch` would unpack some of them. */
  const sheet = (encoding?: string) =>
    new Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
      const url = `${desk.simulator.url}/v1.0/sales/pricesheets(Market='PL',PricesheetView='software')/$value`;
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
    const now = desk.simulator.now();
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
});
