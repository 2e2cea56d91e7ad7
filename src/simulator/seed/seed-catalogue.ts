import type { Product } from '../catalogue.ts';
import { officeProducts } from './catalogue-office.ts';
import { otherProducts } from './catalogue-other.ts';
import { serverProducts } from './catalogue-servers.ts';
import { sqlServerProducts } from './catalogue-sql-server.ts';
import { subscriptionProducts } from './catalogue-subscriptions.ts';
import { windowsProducts } from './catalogue-windows.ts';
import { FEWER_LANGUAGES, perpetual, serverMedia } from './products.ts';

const SKUS_PER_EXTRA_PRODUCT = 20;

/** The catalogue, filled up with invented products until it holds about `skuCount` SKUs. */
export function seedCatalogue(skuCount: number): Product[] {
  const products = [
    ...windowsProducts(),
    ...sqlServerProducts(),
    ...officeProducts(),
    ...serverProducts(),
    ...subscriptionProducts(),
    ...otherProducts(),
  ];
  let count = 0;
  for (const product of products) count += product.skus.length;
  for (let index = 0; count < skuCount; index += 1) {
    const skus = Math.min(SKUS_PER_EXTRA_PRODUCT, skuCount - count);
    products.push(extraProduct(index, skus));
    count += skus;
  }
  return products;
}

function extraProduct(index: number, skuCount: number): Product {
  const title = `Dynamics AX Industry Pack ${String(index + 1).padStart(5, '0')}`;
  return perpetual({
    id: `DG7GMGF0${index.toString(36).toUpperCase().padStart(4, '0')}`,
    title,
    description: `${title}, an add-on.`,
    media: serverMedia(`SW_DVD5_Pack_${index + 1}`, 320, FEWER_LANGUAGES),
    skus: Array.from({ length: skuCount }, (_, number) => ({
      id: (number + 1).toString(36).toUpperCase().padStart(4, '0'),
      title: `${title} - Edition ${number + 1}`,
      priceUsd: 20 + ((index * 37 + number * 11) % 900),
    })),
  });
}
