import { createAuditRecord } from './audit-records.ts';
import type { Product } from './catalogue.ts';
import { getResoldCustomer } from './customers.ts';
import { type ApiResponse, type Call, ok, type Route } from './http/call.ts';
import { createError } from './http/errors.ts';
import { createLink, formatSeconds, toCollection } from './http/format.ts';
import { findCancelledLines, findTermEnd, type Order, type OrderLine } from './orders.ts';
import { getProduct, getSku } from './products.ts';
import type { World } from './world.ts';
import { DAY_MS, deriveCode, deriveGuid, deriveHex, deriveNumber, digest } from './world.ts';

/** A product somebody may install because of an order line: what was bought, or a version it includes. */
interface KeyItem {
  order: Order;
  line: OrderLine;
  productId: string;
  skuId: string;
}

/** When the files of one download option were first requested: links expire five days later. */
export interface Download {
  id: string;
  firstAt: number;
}

declare module './world.ts' {
  interface World {
    downloads: Collection<Download>;
  }
}

const KEY = 'artifacts/productkey/groups/:groupId/lineitems/:lineId/items/:itemId';
const OPTIONS = '/v1/products/:productId/skus/:skuId/downloadoptions';

export const entitlementRoutes: Route[] = [
  { method: 'GET', path: '/v1/customers/:customerId/entitlements', access: 'user', handle: listEntitlements },
  { method: 'GET', path: `/v1/customers/:customerId/${KEY}`, access: 'user', extendedOnly: true, handle: getKey },
  { method: 'GET', path: OPTIONS, access: 'any', extendedOnly: true, handle: listDownloadOptions },
  {
    method: 'GET',
    path: `${OPTIONS}/:optionKey/downloadlink`,
    access: 'user',
    extendedOnly: true,
    handle: getDownloadLink,
  },
];

const RESERVATIONS = ['reservedinstance', 'virtualmachinereservedinstance'];

function listEntitlements(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  const type = call.query.get('entitlementType')?.toLowerCase();
  const options = { at: call.now, expiry: call.query.get('showExpiry')?.toLowerCase() === 'true' };
  const items = call.world.orders
    .filter((order) => order.customerId === customer.id && order.completedAt <= call.now)
    .sort((one, other) => other.createdAt - one.createdAt)
    .flatMap((order) =>
      order.lines
        .filter((line) => isListed(call, line.productId, type))
        .map((line) => showEntitlement(call.world, order, line, options)),
    );
  return { ...ok(toCollection(items)), bom: true };
}

/** Online services are not entitlements of this kind; reservations are, and come only if asked for or nothing is. */
function isListed(call: Call, productId: string, type: string | undefined): boolean {
  const product = call.world.catalogue.product(productId);
  const isReservation = product?.views.includes('AzureReservations') === true;
  const isSoftware = product?.kind !== 'other';
  if (type === undefined) return isSoftware || isReservation;
  return type === 'software' ? isSoftware : RESERVATIONS.includes(type) && isReservation;
}

/** An order line as an entitlement, with everything it includes. Cancelled lines stay listed, with nothing left. */
function showEntitlement(world: World, order: Order, line: OrderLine, options: { at: number; expiry: boolean }) {
  const includes = (world.catalogue.product(line.productId)?.includes ?? [])
    .map((id) => world.catalogue.product(id))
    .filter((included) => included !== undefined);
  const expires = options.expiry && line.termDuration !== undefined;
  return {
    includedEntitlements: includes.map((included) => ({
      includedEntitlements: [],
      ...showItem(world, { order, line, productId: included.id, skuId: included.skus[0]?.id ?? '0001' }, options.at),
    })),
    ...showItem(world, { order, line, productId: line.productId, skuId: line.skuId }, options.at),
    expiryDate: expires ? formatSeconds(findTermEnd(order, line, options.at)) : undefined,
  };
}

function showItem(world: World, item: KeyItem, at: number) {
  const { order, line } = item;
  const isCancelled = findCancelledLines(order, at).has(line.lineItemNumber);
  return {
    referenceOrder: { id: order.id, lineItemId: String(line.lineItemNumber), alternateId: order.alternateId },
    productId: item.productId,
    quantity: isCancelled ? 0 : line.quantity,
    quantityDetails: [{ quantity: line.quantity, status: isCancelled ? 'Unfulfilled' : 'Fulfilled' }],
    entitledArtifacts: hasKey(world, item) ? [showArtifact(item, isCancelled)] : [],
    skuId: item.skuId,
    entitlementType: line.kind === 'other' ? 'virtual_machine_reserved_instance' : 'software',
    fulfillmentState: isCancelled ? 'Unfulfilled' : 'Fulfilled',
  };
}

/** The shape documented in 2018 and withdrawn: today's service gives no artifacts for software. */
function showArtifact(item: KeyItem, isCancelled: boolean) {
  return {
    link: createLink(createKeyPath(item)),
    reason: isCancelled ? 'The order was cancelled.' : '',
    state: isCancelled ? 'Revoked' : 'Active',
    artifactType: 'product_key',
  };
}

function hasKey(world: World, item: KeyItem): boolean {
  if (world.options.mode === 'today') return false;
  return world.catalogue.product(item.line.productId)?.hasKeys === true;
}

function createKeyPath({ order, line, productId, skuId }: KeyItem): string {
  const lineId = createLineId(order, line);
  const group = `/customers/${order.customerId}/artifacts/productkey/groups/${createGroupId(order)}`;
  return `${group}/lineitems/${lineId}/items/${productId}:${skuId}:${lineId}`;
}

function createGroupId(order: Order): string {
  return deriveHex(32, 'key group', order.id);
}

function createLineId(order: Order, line: OrderLine): string {
  return deriveGuid('key line', order.id, line.lineItemNumber);
}

/** The key behind an artifact's link. Every look is written to the audit log, as Partner Center does. */
function getKey(call: Call): ApiResponse {
  const customer = getResoldCustomer(call);
  const item = findKeyItem(call, customer.id);
  if (item === undefined || call.now < item.order.completedAt) {
    throw createError(404, 1000, 'The product key was not found.');
  }
  if (findCancelledLines(item.order, call.now).has(item.line.lineItemNumber)) {
    const text = 'The product key is not available: it was revoked when the order was cancelled.';
    throw createError(404, 1000, text);
  }
  call.world.auditRecords.put(
    createAuditRecord({
      id: call.world.ids.guid(),
      type: 'get_software_key',
      resourceType: 'software_key',
      at: call.now,
      customer,
      caller: call.caller,
      correlationId: call.correlationId,
      data: [
        { key: 'OrderId', value: item.order.id },
        { key: 'LineItemId', value: String(item.line.lineItemNumber) },
        { key: 'ProductId', value: item.productId },
        { key: 'SkuId', value: item.skuId },
      ],
    }),
  );
  return ok({ type: 'product_key', productKey: createProductKey(item) });
}

function findKeyItem(call: Call, customerId: string): KeyItem | undefined {
  const { groupId, lineId, itemId = '' } = call.params;
  const [productId = '', skuId = ''] = itemId.split(':');
  const order = call.world.orders.filter((o) => o.customerId === customerId).find((o) => createGroupId(o) === groupId);
  const line = order?.lines.find((candidate) => createLineId(order, candidate) === lineId);
  if (order === undefined || line === undefined) return undefined;
  const bought = call.world.catalogue.product(line.productId);
  const isPartOfIt = productId === line.productId || bought?.includes.includes(productId) === true;
  return bought?.hasKeys && isPartOfIt ? { order, line, productId, skuId } : undefined;
}

/** A key nobody can mistake for a real one; one for each version of each line. */
function createProductKey({ order, line, productId, skuId }: KeyItem): string {
  const code = deriveCode(20, 'product key', order.id, line.lineItemNumber, productId, skuId);
  return ['SMPLE', ...(code.match(/.{5}/g) ?? [])].join('-');
}

/** A file to download: language and bitness of one version. The version is the product itself. */
interface DownloadOption {
  optionKey: string;
  optionTitle: string;
  displayRank: number;
  cpUandFileType: string;
  languageCode: string;
  languageName: string;
  fileSize: number;
  fileName: string;
}

function listDownloadOptions(call: Call): ApiResponse {
  const { productId, skuId } = call.params;
  const country = call.query.get('country') ?? 'US';
  const self = `/products/${productId}/skus/${skuId}/downloadoptions`;
  const items = findOptions(call).map(({ fileName: _, ...option }) => ({
    ...option,
    downloadLink: createLink(`${self}/${option.optionKey.replaceAll('/', '%2F')}/downloadlink?country=${country}`),
  }));
  return ok(toCollection(items, `${self}?country=${country}`));
}

const LINK_LIFE_MS = 5 * DAY_MS;

/** A signed address, the same for everybody, that ends five days after it was first given out; then a new one begins. */
function getDownloadLink(call: Call): ApiResponse {
  const { productId = '', skuId = '', optionKey = '' } = call.params;
  const option = findOptions(call).find((candidate) => candidate.optionKey === optionKey);
  if (option === undefined) throw createError(404, 1000, 'The download option was not found.');
  const id = `${productId}:${skuId}:${optionKey}`;
  const known = call.world.downloads.get(id);
  const isValid = known !== undefined && call.now < known.firstAt + LINK_LIFE_MS;
  const { firstAt } = isValid ? known : call.world.downloads.put({ id, firstAt: call.now });
  call.world.auditRecords.put(
    createAuditRecord({
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
  const signature = deriveHex(32, call.world.partner.tokenKey, id, expires);
  const query = `t=${deriveGuid('download', id, firstAt)}&d=50&e=${expires}&h=${signature}`;
  return ok(createLink(`https://download.example/pr/${option.fileName}?${query}`));
}

function findOptions(call: Call): DownloadOption[] {
  const product = getProduct(call);
  getSku(call);
  return createOptions(product);
}

function createOptions(product: Product): DownloadOption[] {
  const { media } = product;
  if (media === undefined) return [];
  const names = new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });
  return media.languages.flatMap((languageCode) =>
    media.bits.map((bits): DownloadOption => {
      const languageName = names.of(languageCode) ?? languageCode;
      return {
        optionKey: createOptionKey(product.id, languageCode, bits),
        optionTitle: product.title,
        displayRank: 0,
        cpUandFileType: `${bits} Bit, ISO`,
        languageCode,
        languageName,
        fileSize: media.megabytes * 1_048_576 + deriveNumber(40_000, product.id, languageCode, bits) * 1024,
        fileName: `${media.fileName}_${bits}Bit_${languageName.replaceAll(/[^A-Za-z]+/g, '_')}.ISO`,
      };
    }),
  );
}

/** Base64 with everything that needs care in an address: `=`, and now and then `/` or `+`. */
function createOptionKey(productId: string, languageCode: string, bits: number): string {
  const salt = digest('option', productId, languageCode, bits).subarray(0, 6);
  return Buffer.concat([salt, Buffer.from(`${bits} Bit, ISO`)]).toString('base64');
}
