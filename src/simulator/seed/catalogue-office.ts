import type { Product } from '../catalogue.ts';
import { ALL_SEGMENTS, desktopMedia, FEWER_LANGUAGES, olderVersion, perpetual, type SkuSketch } from './products.ts';

const OFFICE_STANDARD_2021 = 'DG7GMGF0D7FZ';
const OFFICE_PRO_PLUS_2021 = 'DG7GMGF0D7FX';
const VISIO_PRO_2021 = 'DG7GMGF0D7D9';
const VISIO_STANDARD_2021 = 'DG7GMGF0D7D8';
const PROJECT_PRO_2021 = 'DG7GMGF0D7D7';
const PROJECT_STANDARD_2021 = 'DG7GMGF0D7D6';

export const OFFICE_LTSC_STANDARD_2024 = 'DG7GMGF0PN5M';
export const OFFICE_LTSC_PRO_PLUS_2024 = 'DG7GMGF0PN5N';

export function officeProducts(): Product[] {
  return [
    office(OFFICE_LTSC_STANDARD_2024, 'Office LTSC Standard 2024', 408, OFFICE_STANDARD_2021),
    office(OFFICE_LTSC_PRO_PLUS_2024, 'Office LTSC Professional Plus 2024', 612, OFFICE_PRO_PLUS_2021),
    office('DG7GMGF0PN4D', 'Visio LTSC Standard 2024', 290, VISIO_STANDARD_2021),
    office('DG7GMGF0PN4F', 'Visio LTSC Professional 2024', 545, VISIO_PRO_2021),
    office('DG7GMGF0PN4H', 'Project Standard 2024', 620, PROJECT_STANDARD_2021),
    office('DG7GMGF0PN4J', 'Project Professional 2024', 1030, PROJECT_PRO_2021),
    single('DG7GMGF0PN51', 'Access LTSC 2024', 148),
    single('DG7GMGF0PN3W', 'Outlook LTSC 2024', 148),
    earlier(OFFICE_STANDARD_2021, 'Office LTSC Standard 2021'),
    earlier(OFFICE_PRO_PLUS_2021, 'Office LTSC Professional Plus 2021'),
    earlier(VISIO_STANDARD_2021, 'Visio LTSC Standard 2021'),
    earlier(VISIO_PRO_2021, 'Visio LTSC Professional 2021'),
    earlier(PROJECT_STANDARD_2021, 'Project Standard 2021'),
    earlier(PROJECT_PRO_2021, 'Project Professional 2021'),
  ];
}

function office(id: string, title: string, priceUsd: number, olderId: string): Product {
  const skus: SkuSketch[] = [
    { id: '0001', title, priceUsd, segments: ['commercial', 'government'], maximumQuantity: 10_000 },
    { id: '0002', title: `${title} (Education)`, priceUsd, segments: ['education'], maximumQuantity: 10_000 },
    { id: '0003', title: `${title} (Nonprofit)`, priceUsd, segments: ['nonprofit'], attestationType: 'NonprofitUse' },
  ];
  return perpetual({
    id,
    title,
    description: `${title}: the desktop applications, installed locally and supported for five years.`,
    includes: [olderId],
    media: desktopMedia(`SW_DVD5_${title.replaceAll(' ', '_')}`, 4410),
    skus,
  });
}

function single(id: string, title: string, priceUsd: number): Product {
  return perpetual({
    id,
    title,
    description: `${title}, one application for one device.`,
    media: desktopMedia(`SW_DVD5_${title.replaceAll(' ', '_')}`, 3020, FEWER_LANGUAGES),
    skus: [{ id: '0001', title, priceUsd, segments: ALL_SEGMENTS }],
  });
}

function earlier(id: string, title: string): Product {
  return olderVersion({ id, title, media: desktopMedia(`SW_DVD5_${title.replaceAll(' ', '_')}`, 4280) });
}
