import type { Product, Term } from '../catalogue.ts';
import { SQL_SERVER_2022_ENTERPRISE_CORE, SQL_SERVER_2022_STANDARD_CORE } from './catalogue-sql-server.ts';
import { WINDOWS_SERVER_2022_DATACENTER, WINDOWS_SERVER_2022_STANDARD } from './catalogue-windows.ts';
import * as terms from './products.ts';
import { FEWER_LANGUAGES, type SkuSketch, serverMedia, softwareSubscription } from './products.ts';

export const WINDOWS_SERVER_SUBSCRIPTION = 'DG7GMGF0DVSW';
export const SQL_STANDARD_SUBSCRIPTION = 'DG7GMGF0FLR1';
export const SQL_ENTERPRISE_SUBSCRIPTION = 'DG7GMGF0FKZW';
export const CAL_SUBSCRIPTION = 'DG7GMGF0DVT7';
export const SUSE_SUBSCRIPTION = 'DG7GMGF0D4KV';
export const RED_HAT_SUBSCRIPTION = 'DG7GMGF0D8RH';

const SMALL_MARKETS = ['BR', 'CN', 'RU'];

/** Software rented for a term. */
export function subscriptionProducts(): Product[] {
  return [
    rented(
      WINDOWS_SERVER_SUBSCRIPTION,
      'Windows Server Standard Subscription',
      [
        sku('0001', 'Windows Server Standard - 8 Core License Pack - 1 year', 189, [terms.ONE_YEAR]),
        sku('0002', 'Windows Server Standard - 8 Core License Pack - 3 year', 482, [terms.THREE_YEARS]),
      ],
      { includes: [WINDOWS_SERVER_2022_STANDARD], media: serverMedia('SW_DVD9_Win_Server_Subscription', 5310) },
    ),
    rented(
      'DG7GMGF0DVSX',
      'Windows Server Datacenter Subscription',
      [sku('0001', 'Windows Server Datacenter - 8 Core License Pack', 1090, [terms.ONE_YEAR, terms.THREE_YEARS])],
      { includes: [WINDOWS_SERVER_2022_DATACENTER], media: serverMedia('SW_DVD9_Win_Server_DC_Subscription', 5310) },
    ),
    rented(
      SQL_STANDARD_SUBSCRIPTION,
      'SQL Server Standard Subscription',
      [
        sku('0001', 'SQL Server Standard - 2 Core License Pack - 1 year', 1310, [terms.ONE_YEAR], 2),
        sku(
          '0002',
          'SQL Server Standard - 2 Core License Pack - 3 year',
          3350,
          [terms.THREE_YEARS, terms.THREE_YEARS_YEARLY],
          2,
        ),
      ],
      sqlMedia(SQL_SERVER_2022_STANDARD_CORE),
    ),
    rented(
      SQL_ENTERPRISE_SUBSCRIPTION,
      'SQL Server Enterprise Subscription',
      [sku('0003', 'SQL Server Enterprise - 2 Core License Pack - 3 year', 12830, [terms.THREE_YEARS], 2)],
      { ...sqlMedia(SQL_SERVER_2022_ENTERPRISE_CORE), notSoldIn: [...SMALL_MARKETS, 'JP'] },
    ),
    // The older model: paid up front, visible only as an order line and an entitlement that expires.
    rented(
      CAL_SUBSCRIPTION,
      'Windows Server CAL Subscription',
      [
        sku('000A', 'Windows Server CAL - 1 Device CAL - 1 year', 14, [terms.ONE_YEAR_PREPAID]),
        sku('000C', 'Windows Server CAL - 1 Device CAL - 3 year', 36, [terms.THREE_YEARS_PREPAID]),
        sku('000D', 'Windows Server CAL - 1 User CAL - 3 year', 47, [terms.THREE_YEARS_PREPAID]),
      ],
      { hasKeys: false },
    ),
    {
      ...linux(SUSE_SUBSCRIPTION, 'SUSE Linux Enterprise Server', 'SUSE', 760),
      views: ['Software', 'SoftwareSUSELinux'],
    },
    linux(RED_HAT_SUBSCRIPTION, 'Red Hat Enterprise Linux Server', 'Red Hat', 810),
  ];
}

function rented(
  id: string,
  title: string,
  skus: SkuSketch[],
  more: Pick<terms.ProductSketch, 'includes' | 'media' | 'hasKeys' | 'notSoldIn'>,
): Product {
  const description = `${title}: the software for one or three years, renewed at the end of the term.`;
  return softwareSubscription({ id, title, description, skus, notSoldIn: SMALL_MARKETS, ...more });
}

function sku(id: string, title: string, priceUsd: number, offered: Term[], minimumQuantity = 1): SkuSketch {
  return { id, title, priceUsd, terms: offered, minimumQuantity, segments: ['commercial', 'government'] };
}

function sqlMedia(includedId: string) {
  return { includes: [includedId], media: serverMedia('SW_DVD9_SQL_Server_Subscription', 1180, FEWER_LANGUAGES) };
}

/** Other publishers' subscriptions can never be cancelled. */
function linux(id: string, title: string, publisherName: string, priceUsd: number): Product {
  const skus = [sku('0001', `${title} - 1-2 Sockets - 1 year`, priceUsd, [terms.ONE_YEAR])];
  const description = `${title} with standard support.`;
  const product = softwareSubscription({ id, title, description, skus, publisherName, hasKeys: false });
  return { ...product, cancellable: false };
}
