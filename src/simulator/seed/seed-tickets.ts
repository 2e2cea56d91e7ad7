import { DAY_MS, HOUR_MS } from '../clock.ts';
import type { CustomerDirectory } from '../customers.ts';
import type { ServiceRequest, TicketStep } from '../entities.ts';
import { numberFrom } from '../hash.ts';
import { AGENT, REFUND_TOPIC } from '../support/support.ts';
import { customerIdOf } from './seed-customers.ts';

interface Ground {
  seed: number;
  seededAt: number;
  customers: CustomerDirectory;
}

interface Sketch {
  tenant: string;
  title: string;
  description: string;
  daysOld: number;
  severity: ServiceRequest['severity'];
  end?: 'closed' | 'attention_needed';
  note?: string;
}

const SKETCHES: Sketch[] = [
  {
    tenant: 'adventureworks',
    title: 'Refund for a duplicate order',
    daysOld: 6,
    severity: 'moderate',
    end: 'closed',
    description: 'Duplicate purchase made by mistake, see the order in the portal.',
    note: 'The refund was approved and appears on the next invoice.',
  },
  {
    tenant: 'woodgrovebank',
    title: 'Invoice shows a wrong address',
    daysOld: 2,
    severity: 'minimal',
    description: 'The invoice of last month still names our former street.',
  },
  {
    tenant: 'relecloud',
    title: 'Cannot see the product key',
    daysOld: 1,
    severity: 'critical',
    end: 'attention_needed',
    note: 'Please tell us the order number.',
    description: 'The customer does not find the key of a recent purchase.',
  },
];

/** A few tickets with a history, none of them about an order. */
export function seedTickets({ seed, seededAt, customers }: Ground): ServiceRequest[] {
  return SKETCHES.flatMap((sketch) => {
    const customer = customers.get(customerIdOf(seed, sketch.tenant));
    if (customer === undefined) return [];
    const createdAt = Math.round(seededAt - sketch.daysOld * DAY_MS);
    return [
      {
        id: String(2_600_000_000_000_000 + numberFrom(1_000_000_000, seed, 'ticket', sketch.tenant)),
        customerId: customer.id,
        title: sketch.title,
        description: sketch.description,
        severity: sketch.severity,
        supportTopicId: REFUND_TOPIC.id,
        supportTopicName: REFUND_TOPIC.name,
        countryCode: 'US',
        primaryContact: customer.contact,
        fileLinks: [],
        createdAt,
        steps: steps(sketch, createdAt),
      },
    ];
  });
}

function steps(sketch: Sketch, createdAt: number): TicketStep[] {
  const opened: TicketStep[] = [
    { at: createdAt, status: 'none', by: 'desk@partner.onmicrosoft.com' },
    { at: createdAt + HOUR_MS, status: 'open', by: AGENT },
  ];
  if (sketch.end === undefined) return opened;
  const end = { at: createdAt + 8 * HOUR_MS, status: sketch.end, by: AGENT };
  return [...opened, sketch.note === undefined ? end : { ...end, note: sketch.note }];
}
