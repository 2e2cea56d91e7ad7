import type { Product } from '../catalogue.ts';
import { FEWER_LANGUAGES, olderVersion, perpetual, type SkuSketch, serverMedia } from './products.ts';

const EXCHANGE_2019 = 'DG7GMGF0F4MF';
const SHAREPOINT_2019 = 'DG7GMGF0F4LN';
const SYSTEM_CENTER_2022 = 'DG7GMGF0D6LL';
const BIZTALK_2016 = 'DG7GMGF0DWM3';

export const EXCHANGE_SERVER_SE = 'DG7GMGF0Q0X8';
export const BIZTALK_SERVER_2020 = 'DG7GMGF0G8RD';
export const VISUAL_STUDIO_PROFESSIONAL = 'DG7GMGF0D3SJ';

const CHECKED = ['MicrosoftCustomerAgreement', 'InventoryCheck'];

/** The other servers and tools, among them the ones with a difficulty of their own. */
export function serverProducts(): Product[] {
  return [
    product(EXCHANGE_SERVER_SE, 'Exchange Server Subscription Edition', EXCHANGE_2019, [
      { id: '0001', title: 'Exchange Server SE Standard', priceUsd: 690, purchasePrerequisites: CHECKED },
      { id: '0002', title: 'Exchange Server SE Enterprise', priceUsd: 3950, purchasePrerequisites: CHECKED },
      { id: '0003', title: 'Exchange Server SE Standard - 1 User CAL', priceUsd: 88 },
    ]),
    product('DG7GMGF0Q0XB', 'SharePoint Server Subscription Edition', SHAREPOINT_2019, [
      { id: '0001', title: 'SharePoint Server SE', priceUsd: 6620, purchasePrerequisites: CHECKED },
      { id: '0002', title: 'SharePoint Server SE Standard - 1 User CAL', priceUsd: 124 },
    ]),
    product('DG7GMGF0Q0ZC', 'Skype for Business Server Subscription Edition', undefined, [
      { id: '0001', title: 'Skype for Business Server SE', priceUsd: 3550 },
    ]),
    product('DG7GMGF0PQ7K', 'System Center 2025', SYSTEM_CENTER_2022, [
      { id: '0001', title: 'System Center 2025 Standard - 16 Core License Pack', priceUsd: 1180 },
      { id: '0002', title: 'System Center 2025 Datacenter - 16 Core License Pack', priceUsd: 3210 },
    ]),
    { ...product(BIZTALK_SERVER_2020, 'BizTalk Server 2020', BIZTALK_2016, bizTalkSkus()), notSoldIn: ['JP', 'CH'] },
    product(VISUAL_STUDIO_PROFESSIONAL, 'Visual Studio Professional 2022', undefined, [
      {
        id: '0001',
        title: 'Visual Studio Professional 2022',
        priceUsd: 425,
        maximumQuantity: 250,
        attestationType: 'DeveloperUseAttestation',
        segments: ['commercial', 'education'],
      },
    ]),
    olderVersion({ id: EXCHANGE_2019, title: 'Exchange Server 2019 Standard', media: media('Exchange_2019') }),
    olderVersion({ id: SHAREPOINT_2019, title: 'SharePoint Server 2019', media: media('SharePoint_2019') }),
    olderVersion({ id: SYSTEM_CENTER_2022, title: 'System Center 2022', media: media('System_Center_2022') }),
    olderVersion({ id: BIZTALK_2016, title: 'BizTalk Server 2016', media: media('BizTalk_2016') }),
  ];
}

function product(id: string, title: string, olderId: string | undefined, skus: SkuSketch[]): Product {
  return perpetual({
    id,
    title,
    description: `${title} for your own servers.`,
    includes: olderId === undefined ? [] : [olderId],
    media: media(title.replaceAll(' ', '_')),
    skus,
  });
}

/** The branch edition is sold out: the inventory check says so, and a cart line with it carries 10003. */
function bizTalkSkus(): SkuSketch[] {
  return [
    { id: '0001', title: 'BizTalk Server 2020 Standard - 2 Core License Pack', priceUsd: 2160, minimumQuantity: 2 },
    {
      id: '0002',
      title: 'BizTalk Server 2020 Branch - 2 Core License Pack',
      priceUsd: 540,
      purchasePrerequisites: CHECKED,
      soldOut: true,
    },
    { id: '0003', title: 'BizTalk Server 2020 Enterprise - 2 Core License Pack', priceUsd: 9280, minimumQuantity: 2 },
  ];
}

function media(name: string) {
  return serverMedia(`SW_DVD9_${name}`, 2380, FEWER_LANGUAGES);
}
