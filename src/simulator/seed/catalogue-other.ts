import type { Product } from '../catalogue.ts';
import { otherProduct } from './products.ts';

export const RESERVED_VM = 'DZH318Z0BQ3V';
export const BUSINESS_PREMIUM = 'CFQ7TTC0LCHC';
export const AZURE_PLAN = 'DZH318Z0BPS6';

/** What else a partner sells: not software, so neither keys nor cancelling through the order. */
export function otherProducts(): Product[] {
  return [
    otherProduct(
      {
        id: RESERVED_VM,
        title: 'Virtual Machines Dsv3 Series',
        description: 'Reserved capacity for Dsv3 virtual machines.',
        skus: [
          {
            id: '00G1',
            title: 'Reserved VM Instance, Standard_D32s_v3, US West 2, 3 Years',
            priceUsd: 19_840,
            purchasePrerequisites: ['AzureSubscriptionRegistration', 'InventoryCheck'],
            terms: [{ duration: 'P3Y', billingCycle: 'one_time', description: '3 Years Prepaid' }],
          },
        ],
      },
      { id: 'Azure', displayName: 'Azure', subType: { id: 'VirtualMachines', displayName: 'VirtualMachines' } },
      ['AzureReservations', 'AzureReservationsVM'],
    ),
    azurePlan(),
    onlineService(BUSINESS_PREMIUM, 'Microsoft 365 Business Premium', 211),
    onlineService('CFQ7TTC0LH18', 'Microsoft 365 Business Basic', 58),
    onlineService('CFQ7TTC0LFLX', 'Microsoft 365 E3', 346),
  ];
}

/** Paid by usage, month by month; its subscription is suspended, never taken back. */
function azurePlan(): Product {
  const title = 'Microsoft Azure plan';
  const terms = [{ duration: 'P1Y', billingCycle: 'monthly', description: 'Billed by usage' }];
  const plan = otherProduct(
    {
      id: AZURE_PLAN,
      title,
      description: `${title} (MS-AZR-0017G)`,
      skus: [{ id: '0001', title, priceUsd: 0, maximumQuantity: 1, terms }],
    },
    { id: 'Azure', displayName: 'Azure' },
    ['Azure', 'MicrosoftAzure'],
  );
  return { ...plan, isUsageBased: true, cancellable: false };
}

function onlineService(id: string, title: string, priceUsd: number): Product {
  return otherProduct(
    {
      id,
      title,
      description: `${title} for one year.`,
      skus: [
        {
          id: '0001',
          title,
          priceUsd,
          maximumQuantity: 300,
          terms: [
            { duration: 'P1Y', billingCycle: 'monthly', description: 'One-Year commitment for monthly billing' },
            { duration: 'P1Y', billingCycle: 'annual', description: 'One-Year commitment for yearly billing' },
          ],
        },
      ],
    },
    { id: 'OnlineServicesNCE', displayName: 'OnlineServicesNCE' },
    ['OnlineServices'],
  );
}
