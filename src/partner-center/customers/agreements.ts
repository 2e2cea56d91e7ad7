import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { AgreementContact, Agreements } from '../../domain/customers/agreement.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { emptyOn, hasCode, PartnerCenterError } from '../client/errors.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { amount, collection, flag, id, instant, link, maybe, shape, text } from '../client/wire.ts';

/** Sources: *Get customer agreement metadata*, *Confirm customer acceptance*, *Get direct sign status*. */
const customerAgreement = 'MicrosoftCustomerAgreement';

const isCustomerAgreement = (type: string | undefined) =>
  (type ?? customerAgreement).toLowerCase() === customerAgreement.toLowerCase();

export const metadata = collection(
  shape({
    templateId: id,
    agreementType: maybe(text),
    agreementLink: maybe(link),
    versionRank: maybe(amount),
  }),
);

interface AgreementTemplate {
  readonly templateId: string;
  readonly link?: string;
}

/** Several versions may be shown: the highest rank is in force. `undefined` where there is none. */
export function toTemplate(shown: z.output<typeof metadata>): AgreementTemplate | undefined {
  const known = shown.filter(({ agreementType }) => isCustomerAgreement(agreementType));
  const [newest] = known.sort((a, b) => (b.versionRank ?? 0) - (a.versionRank ?? 0));
  if (!newest) return undefined;
  return { templateId: newest.templateId, ...(newest.agreementLink ? { link: newest.agreementLink } : {}) };
}

const confirmation = shape({
  type: maybe(text),
  dateAgreed: maybe(instant),
  primaryContact: maybe(
    shape({
      firstName: maybe(text),
      lastName: maybe(text),
      email: maybe(text),
      phoneNumber: maybe(text),
    }),
  ),
});
const confirmationList = collection(confirmation);

interface Confirmation {
  readonly contact: AgreementContact;
  readonly agreedAt?: Date;
}

/** Newest first. Without the type in a confirmation it is what was asked for. */
export function toConfirmations(body: unknown): Confirmation[] {
  return byDate(
    confirmationList
      .parse(body)
      .filter(({ type }) => isCustomerAgreement(type))
      .map(confirmationOf),
  );
}

function byDate(confirmations: Confirmation[]): Confirmation[] {
  return confirmations.sort((a, b) => (b.agreedAt?.getTime() ?? 0) - (a.agreedAt?.getTime() ?? 0));
}

function confirmationOf({ primaryContact, dateAgreed }: ReturnType<typeof confirmation.parse>): Confirmation {
  return {
    contact: {
      firstName: primaryContact?.firstName ?? '',
      lastName: primaryContact?.lastName ?? '',
      email: primaryContact?.email ?? '',
      ...(primaryContact?.phoneNumber ? { phoneNumber: primaryContact.phoneNumber } : {}),
    },
    ...(dateAgreed ? { agreedAt: dateAgreed } : {}),
  };
}

export function fromConfirmation(
  { contact, agreedAt }: { readonly contact: AgreementContact; readonly agreedAt: Date },
  templateId: string,
) {
  const { firstName, lastName, email, phoneNumber } = contact;
  return {
    primaryContact: { firstName, lastName, email, ...(phoneNumber ? { phoneNumber } : {}) },
    templateId,
    dateAgreed: agreedAt.toISOString(),
    type: customerAgreement,
  };
}

const directSigned = shape({ isSigned: maybe(flag) });

export function isDirectlySigned(body: unknown): boolean {
  return directSigned.parse(body).isSigned ?? false;
}

/** Without the type, only the older cloud agreement would be answered. */
export function confirmationsCall(customerId: string): Call {
  return {
    operation: 'listAgreements',
    method: 'GET',
    path: `/v1/customers/${encodeURIComponent(customerId)}/agreements`,
    query: { agreementType: customerAgreement },
    token: 'user',
  };
}

const alreadyConfirmed = '600061';

/** The same for all customers. */
const templateMs = 10 * 60_000;

export function createAgreements(api: Api, timer: Timer): Agreements {
  const known = createCache<AgreementTemplate>({ timer, size: 1, keepMs: () => templateMs });

  async function readTemplate(): Promise<AgreementTemplate> {
    const call: Call = {
      operation: 'getAgreementTemplate',
      method: 'GET',
      path: '/v1/agreements',
      query: { agreementType: customerAgreement },
      token: 'user',
    };
    const shown = await readAll(api, call, (body) => metadata.parse(body)).catch(emptyOn('not-found'));
    const found = toTemplate(shown);
    if (found) return found;
    throw new PartnerCenterError({ operation: call.operation, kind: 'not-offered' });
  }

  const template = () => known.get(customerAgreement, readTemplate);

  return {
    template,
    confirmations: async (customerId) => byDate(await readAll(api, confirmationsCall(customerId), toConfirmations)),

    async confirm(customerId, given) {
      const { templateId } = await template();
      const call: Call = {
        operation: 'confirmAgreement',
        method: 'POST',
        path: `/v1/customers/${encodeURIComponent(customerId)}/agreements`,
        body: fromConfirmation(given, templateId),
        token: 'user',
        // May be repeated: what was done already is answered with 600061.
        requestId: randomUUID(),
      };
      await api.send(call).catch((error) => {
        if (!hasCode(error, alreadyConfirmed)) throw error;
      });
    },
  };
}
