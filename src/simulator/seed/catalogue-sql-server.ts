import type { Product } from '../catalogue.ts';
import { FEWER_LANGUAGES, olderVersion, perpetual, serverMedia } from './products.ts';

const TEXT =
  'SQL Server brings industry-leading performance and security to the platform of your choice, including Windows, Linux and containers.';

const STANDARD_2019 = 'DG7GMGF0FLR2';
const STANDARD_2017 = 'DG7GMGF0DWBM';
const ENTERPRISE_2019 = 'DG7GMGF0FKZV';
const ENTERPRISE_2017 = 'DG7GMGF0DWBQ';

export const SQL_SERVER_2022_STANDARD_CORE = 'DG7GMGF0M80J';
export const SQL_SERVER_2022_ENTERPRISE_CORE = 'DG7GMGF0M80L';

export function sqlServerProducts(): Product[] {
  return [
    perpetual({
      id: 'DG7GMGF0Q3SC',
      title: 'SQL Server 2025 Standard Core',
      description: TEXT,
      includes: [SQL_SERVER_2022_STANDARD_CORE, STANDARD_2019, STANDARD_2017],
      media: media('SW_DVD9_SQL_Server_STD_CORE_2025', 1340),
      skus: [corePack('SQL Server 2025 Standard - 2 Core License Pack', 3380)],
    }),
    perpetual({
      id: 'DG7GMGF0Q3SE',
      title: 'SQL Server 2025 Enterprise Core',
      description: TEXT,
      includes: [SQL_SERVER_2022_ENTERPRISE_CORE, ENTERPRISE_2019, ENTERPRISE_2017],
      media: media('SW_DVD9_SQL_Server_ENT_CORE_2025', 1340),
      skus: [corePack('SQL Server 2025 Enterprise - 2 Core License Pack', 12960)],
    }),
    perpetual({
      id: SQL_SERVER_2022_STANDARD_CORE,
      title: 'SQL Server 2022 Standard Core',
      description: TEXT,
      includes: [STANDARD_2019, STANDARD_2017],
      media: media('SW_DVD9_SQL_Server_STD_CORE_2022', 1180),
      skus: [corePack('SQL Server 2022 Standard - 2 Core License Pack', 3290)],
    }),
    perpetual({
      id: SQL_SERVER_2022_ENTERPRISE_CORE,
      title: 'SQL Server 2022 Enterprise Core',
      description: TEXT,
      includes: [ENTERPRISE_2019, ENTERPRISE_2017, SQL_SERVER_2022_STANDARD_CORE],
      media: media('SW_DVD9_SQL_Server_ENT_CORE_2022', 1180),
      skus: [corePack('SQL Server 2022 Enterprise - 2 Core License Pack', 12600)],
    }),
    perpetual({
      id: 'DG7GMGF0M7XV',
      title: 'SQL Server 2022 Standard Server',
      description: TEXT,
      includes: [STANDARD_2019],
      media: media('SW_DVD9_SQL_Server_STD_2022', 1180),
      skus: [{ id: '0001', title: 'SQL Server 2022 Standard - Server License', priceUsd: 824 }],
    }),
    perpetual({
      id: 'DG7GMGF0M7XW',
      title: 'SQL Server 2022 CAL',
      description: 'A Client Access License (CAL) is required for each user or device that accesses SQL Server.',
      hasKeys: false,
      skus: [
        { id: '0001', title: 'SQL Server 2022 - 1 Device CAL', priceUsd: 192 },
        { id: '0002', title: 'SQL Server 2022 - 1 User CAL', priceUsd: 192, segments: ['commercial', 'nonprofit'] },
      ],
    }),
    olderVersion({ id: STANDARD_2019, title: 'SQL Server 2019 Standard Core', media: media('SW_DVD9_SQL_STD_2019') }),
    olderVersion({ id: STANDARD_2017, title: 'SQL Server 2017 Standard Core', media: media('SW_DVD9_SQL_STD_2017') }),
    olderVersion({
      id: ENTERPRISE_2019,
      title: 'SQL Server 2019 Enterprise Core',
      media: media('SW_DVD9_SQL_ENT_2019'),
    }),
    olderVersion({
      id: ENTERPRISE_2017,
      title: 'SQL Server 2017 Enterprise Core',
      media: media('SW_DVD9_SQL_ENT_2017'),
    }),
  ];
}

/** Core packs are sold from two packs on: a processor has at least four cores. */
function corePack(title: string, priceUsd: number) {
  return {
    id: '0001',
    title,
    priceUsd,
    minimumQuantity: 2,
    maximumQuantity: 1000,
    segments: ['commercial' as const, 'government' as const, 'nonprofit' as const],
  };
}

function media(fileName: string, megabytes = 1050) {
  return serverMedia(fileName, megabytes, FEWER_LANGUAGES);
}
