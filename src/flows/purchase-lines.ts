import type { OfCustomer, OfTerms } from './purchase-data.ts';

/** One line of an order that is complete. */
export type DraftLine = NonNullable<OfCustomer['earlier']>[number];

/** All lines of the order, in the order in which they were chosen. */
export function linesIn(data: OfTerms): DraftLine[] {
  return [...(data.earlier ?? []), lineIn(data)];
}

function lineIn(data: OfTerms): DraftLine {
  const { productId, productTitle, publisher, skuId, itemTitle, segment, quantity } = data;
  const { termDuration, billingCycle, isAttested, unitPrice, refundOptions } = data;
  const item = { productId, productTitle, publisher, skuId, itemTitle, segment, quantity };
  return { ...item, termDuration, billingCycle, isAttested, unitPrice, refundOptions };
}

/** What belongs to the whole order. */
function withoutLine(data: OfCustomer): OfCustomer {
  const { customerId, customerName, missing, acceptance, isPartnerAttested, country, earlier, further } = data;
  return { customerId, customerName, missing, acceptance, isPartnerAttested, country, earlier, further };
}

/** The same order, about to get another line. */
export function withAnother(data: OfTerms): OfCustomer {
  return { ...withoutLine(data), earlier: linesIn(data) };
}

/** That line of those before is changed now; what is complete of the one in question is kept. */
export function withLineAt(data: OfCustomer, at: number, current: OfTerms | undefined): OfCustomer {
  const { earlier = [] } = data;
  const line = earlier[at];
  if (!line) return data;
  const others = earlier.filter((one) => one !== line);
  return { ...withoutLine(data), earlier: current ? [...others, lineIn(current)] : others, ...line };
}

/** What was named and is being asked about is asked about later. */
export function withNamedLater(data: OfCustomer): OfCustomer {
  const { named, further = [] } = data;
  return named?.product ? { ...data, named: undefined, further: [named, ...further] } : data;
}

export function withoutLineAt(data: OfCustomer, at: number): OfCustomer {
  return { ...data, earlier: data.earlier?.filter((_line, index) => index !== at) };
}
