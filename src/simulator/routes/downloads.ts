import { DAY_MS } from '../clock.ts';
import { auditRecord } from '../commerce/audit.ts';
import { type DownloadOption, downloadOptions } from '../commerce/download-options.ts';
import { guidFrom, hexFrom } from '../hash.ts';
import { type Answer, type Call, ok, type Route } from '../http/call.ts';
import { refusal } from '../http/errors.ts';
import { collectionOf, link } from '../http/wire.ts';

const OPTIONS = '/v1/products/:productId/skus/:skuId/downloadoptions';
const LINK_LIFE_MS = 5 * DAY_MS;

export const downloadRoutes: Route[] = [
  { method: 'GET', path: OPTIONS, access: 'any', extendedOnly: true, handle: listOptions },
  { method: 'GET', path: `${OPTIONS}/:optionKey/downloadlink`, access: 'user', extendedOnly: true, handle: getLink },
];

function listOptions(call: Call): Answer {
  const { productId, skuId } = call.params;
  const country = call.query.get('country') ?? 'US';
  const self = `/products/${productId}/skus/${skuId}/downloadoptions`;
  const items = optionsOf(call).map(({ fileName: _, ...option }) => ({
    ...option,
    downloadLink: link(`${self}/${option.optionKey.replaceAll('/', '%2F')}/downloadlink?country=${country}`),
  }));
  return ok(collectionOf(items, `${self}?country=${country}`));
}

/** A signed address, the same for everybody, that ends five days after it was first given out; then a new one begins. */
function getLink(call: Call): Answer {
  const { productId = '', skuId = '', optionKey = '' } = call.params;
  const option = optionsOf(call).find((candidate) => candidate.optionKey === optionKey);
  if (option === undefined) throw refusal(404, 1000, 'The download option was not found.');
  const id = `${productId}:${skuId}:${optionKey}`;
  const known = call.world.downloads.get(id);
  const isAlive = known !== undefined && call.now < known.firstAt + LINK_LIFE_MS;
  const firstAt = isAlive ? known.firstAt : call.world.downloads.put({ id, firstAt: call.now }).firstAt;
  call.world.auditRecords.put(
    auditRecord({
      id: call.world.ids.guid(),
      type: 'get_software_download_link',
      resourceType: 'software_download_link',
      at: call.now,
      caller: call.caller,
      correlationId: call.correlationId,
      data: [
        { key: 'ProductId', value: productId },
        { key: 'SkuId', value: skuId },
        { key: 'Option', value: `${option.languageCode} ${option.cpUandFileType}` },
      ],
    }),
  );
  const expires = Math.floor((firstAt + LINK_LIFE_MS) / 1000);
  const signature = hexFrom(32, call.world.partner.tokenKey, id, expires);
  const query = `t=${guidFrom('download', id, firstAt)}&d=50&e=${expires}&h=${signature}`;
  return ok(link(`https://download.example/pr/${option.fileName}?${query}`));
}

function optionsOf(call: Call): DownloadOption[] {
  const { productId = '', skuId = '' } = call.params;
  const product = call.world.catalogue.product(productId);
  if (product === undefined) throw refusal(404, 400013, `Product ${productId} was not found.`);
  if (call.world.catalogue.sku(productId, skuId) === undefined)
    throw refusal(404, 400018, `SKU ${skuId} was not found.`);
  return downloadOptions(product);
}
