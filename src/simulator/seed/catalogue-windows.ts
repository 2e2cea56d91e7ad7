import type { Product } from '../catalogue.ts';
import { ALL_SEGMENTS, desktopMedia, FEWER_LANGUAGES, olderVersion, perpetual, serverMedia } from './products.ts';

const SERVER_TEXT =
  'Windows Server is the cloud-ready operating system for physical and virtualized workloads. Each license pack covers 16 cores; buy more packs for servers with more cores, and a Client Access License for each user or device.';
const CAL_TEXT = 'A Client Access License (CAL) is required for each user or device that accesses the server software.';

const STANDARD_2019 = 'DG7GMGF0DVT4';
const STANDARD_2016 = 'DG7GMGF0DWT5';
const DATACENTER_2019 = 'DG7GMGF0DVT2';
const DATACENTER_2016 = 'DG7GMGF0DWT6';

export const WINDOWS_SERVER_2025_STANDARD = 'DG7GMGF0PWHC';
export const WINDOWS_SERVER_2025_DATACENTER = 'DG7GMGF0PWHF';
export const WINDOWS_SERVER_2022_STANDARD = 'DG7GMGF0D5RK';
export const WINDOWS_SERVER_2022_DATACENTER = 'DG7GMGF0D65N';

export function windowsProducts(): Product[] {
  return [
    perpetual({
      id: WINDOWS_SERVER_2025_STANDARD,
      title: 'Windows Server 2025 Standard',
      description: SERVER_TEXT,
      includes: [WINDOWS_SERVER_2022_STANDARD, STANDARD_2019, STANDARD_2016],
      media: serverMedia('SW_DVD9_Win_Server_STD_CORE_2025', 5820),
      skus: [
        pack16('0001', 'Windows Server 2025 Standard - 16 Core License Pack', 905),
        pack2('0002', 'Windows Server 2025 Standard - 2 Core License Pack', 114),
        { ...pack16('0003', 'Windows Server 2025 Standard - 16 Core (Education)', 905), segments: ['education'] },
      ],
    }),
    perpetual({
      id: WINDOWS_SERVER_2025_DATACENTER,
      title: 'Windows Server 2025 Datacenter',
      description: SERVER_TEXT,
      includes: [WINDOWS_SERVER_2022_DATACENTER, DATACENTER_2019, DATACENTER_2016, WINDOWS_SERVER_2022_STANDARD],
      media: serverMedia('SW_DVD9_Win_Server_DC_CORE_2025', 5820),
      skus: [
        pack16('0001', 'Windows Server 2025 Datacenter - 16 Core License Pack', 5230),
        pack2('0002', 'Windows Server 2025 Datacenter - 2 Core License Pack', 655),
      ],
    }),
    perpetual({
      id: WINDOWS_SERVER_2022_STANDARD,
      title: 'Windows Server 2022 Standard',
      description: SERVER_TEXT,
      includes: [STANDARD_2019, STANDARD_2016],
      media: serverMedia('SW_DVD9_Win_Server_STD_CORE_2022', 5310),
      skus: [
        { ...pack16('0001', 'Windows Server 2022 Standard - 16 Core License Pack', 880), segments: ALL_SEGMENTS },
        pack2('0002', 'Windows Server 2022 Standard - 2 Core License Pack', 111),
      ],
    }),
    perpetual({
      id: WINDOWS_SERVER_2022_DATACENTER,
      title: 'Windows Server 2022 Datacenter',
      description: SERVER_TEXT,
      includes: [DATACENTER_2019, DATACENTER_2016],
      media: serverMedia('SW_DVD9_Win_Server_DC_CORE_2022', 5310),
      skus: [pack16('0001', 'Windows Server 2022 Datacenter - 16 Core License Pack', 5090)],
    }),
    perpetual({
      id: 'DG7GMGF0PWH4',
      title: 'Windows Server 2025 External Connector',
      description: 'Gives any number of external users access to one Windows Server.',
      hasKeys: false,
      skus: [{ id: '0001', title: 'Windows Server 2025 External Connector', priceUsd: 1710 }],
    }),
    accessLicense('DG7GMGF0PWHD', 'Windows Server 2025 CAL', 33, 43),
    accessLicense('DG7GMGF0D5VX', 'Windows Server 2022 CAL', 32, 42),
    remoteDesktopLicense('DG7GMGF0PWJ0', 'Windows Server 2025 Remote Desktop Services CAL', 2025),
    remoteDesktopLicense('DG7GMGF0D7HX', 'Windows Server 2022 Remote Desktop Services CAL', 2022),
    perpetual({
      id: 'DG7GMGF0L4TL',
      title: 'Windows 11 Pro Upgrade',
      description: 'Upgrades a device with a qualifying older Windows to Windows 11 Pro.',
      media: desktopMedia('SW_DVD9_Win_Pro_11', 6120),
      skus: [
        { id: '0001', title: 'Windows 11 Pro Upgrade', priceUsd: 159, segments: ALL_SEGMENTS, maximumQuantity: 5000 },
      ],
    }),
    ...olderServers(),
  ];
}

function pack16(id: string, title: string, priceUsd: number) {
  return { id, title, priceUsd, segments: ['commercial' as const, 'government' as const] };
}

function pack2(id: string, title: string, priceUsd: number) {
  return { id, title, priceUsd, minimumQuantity: 8, maximumQuantity: 2000 };
}

/** Paper licenses: nothing to install, hence neither key nor files. */
function accessLicense(id: string, title: string, devicePriceUsd: number, userPriceUsd: number): Product {
  return perpetual({
    id,
    title,
    description: CAL_TEXT,
    hasKeys: false,
    skus: [
      { id: '0001', title: `${title} - 1 Device CAL`, priceUsd: devicePriceUsd, segments: ALL_SEGMENTS },
      { id: '0002', title: `${title} - 1 User CAL`, priceUsd: userPriceUsd, segments: ALL_SEGMENTS },
    ],
  });
}

function remoteDesktopLicense(id: string, title: string, version: number): Product {
  return perpetual({
    id,
    title,
    description: CAL_TEXT,
    media: serverMedia(`SW_DVD5_Remote_Desktop_Services_${version}`, 12, FEWER_LANGUAGES),
    skus: [
      { id: '0001', title: `${title} - 1 Device`, priceUsd: 112 },
      { id: '0002', title: `${title} - 1 User`, priceUsd: 139, segments: ['commercial', 'government', 'nonprofit'] },
    ],
  });
}

function olderServers(): Product[] {
  return [
    server(STANDARD_2019, 'Windows Server 2019 Standard', 'SW_DVD9_Win_Server_STD_CORE_2019', 5190),
    server(STANDARD_2016, 'Windows Server 2016 Standard', 'SW_DVD9_Win_Server_STD_CORE_2016', 6420),
    server(DATACENTER_2019, 'Windows Server 2019 Datacenter', 'SW_DVD9_Win_Server_DC_CORE_2019', 5190),
    server(DATACENTER_2016, 'Windows Server 2016 Datacenter', 'SW_DVD9_Win_Server_DC_CORE_2016', 6420),
  ];
}

function server(id: string, title: string, fileName: string, megabytes: number): Product {
  return olderVersion({ id, title, media: serverMedia(fileName, megabytes) });
}
