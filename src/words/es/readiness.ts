import type { AddressFlaws, AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { ReadinessProblem } from '../../domain/customers/readiness.ts';
import type { Words } from '../words.ts';
import { day, withoutFullStop } from './common.ts';

const onOneLine = ({ line1, line2, postalCode, city, state, country }: PostalAddress): string =>
  [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');

const qualifications: Record<string, string> = {
  education: 'para educación',
  government_community_cloud: 'para la Administración pública',
  governmentcommunitycloud: 'para la Administración pública',
  government: 'para la Administración pública',
  nonprofit: 'para organizaciones sin ánimo de lucro',
};
/** Behind “precios”. */
const pricesOf = (name: string): string => qualifications[name.toLowerCase()] ?? `«${name}»`;

/** Somebody else's sentence may be long. */
const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text);

function tellUnverified(customer: string, { isUnverified, suggestion, message }: AddressFlaws): string {
  if (!isUnverified) return '';
  const why = message ? ` (${clip(withoutFullStop(message))})` : '';
  const better = suggestion ? `; la sugerencia es: ${onOneLine(suggestion)}` : '';
  return `Microsoft no puede verificar la dirección de facturación de ${customer}${why}${better}.`;
}

const gaps: Record<AddressGap, string> = {
  street: 'una calle',
  city: 'una ciudad',
  state: 'una provincia que Microsoft conozca',
  'postal-code': 'un código postal tal como se escribe en su país',
  phone: 'un número de teléfono',
  'registration-number': 'el número de registro de la organización',
};

function tellLacking(customer: string, { lacks }: AddressFlaws): string {
  if (lacks.length === 0) return '';
  const [last, ...others] = lacks.map((gap) => gaps[gap]).toReversed();
  return `En el perfil de ${customer} falta: ${[others.toReversed().join(', '), last].filter(Boolean).join(' y ')}.`;
}

type OfPoint<P extends ReadinessProblem['point']> = Extract<ReadinessProblem, { point: P }>;
type Sentence = { readonly what: string; readonly remedy: string };

const points: { [P in ReadinessProblem['point']]: (customer: string, missing: OfPoint<P>) => Sentence } = {
  relationship: (customer) => ({
    what: `${customer} no tiene relación de revendedor con su empresa, así que no se puede pedir nada.`,
    remedy:
      'Envíele una solicitud de relación en el Centro de partners (Clientes → Solicitar una relación de revendedor).',
  }),
  account: (customer, { status }) => ({
    what: `Microsoft no permite pedidos para ${customer} en este momento${status ? ` (estado de la cuenta: ${status})` : ''}.`,
    remedy: /review/i.test(status ?? '')
      ? 'Microsoft está revisando la cuenta; termina por sí solo, casi siempre en unos días. Compruébelo de nuevo entonces.'
      : 'Consulte la cuenta del cliente en el Centro de partners y pregunte allí al soporte de Microsoft qué necesita.',
  }),
  agreement: (customer) => ({
    what: `${customer} no ha aceptado el Contrato de cliente de Microsoft.`,
    remedy:
      'Haga que el cliente lo lea y lo acepte. Después indique a Microsoft, aquí o en el Centro de partners, quién lo aceptó y cuándo; o el cliente lo firma en el Centro de administración de Microsoft 365.',
  }),
  segment: (customer, { segment }) => ({
    what:
      segment === 'commercial'
        ? `A ${customer} le falta una calificación que Microsoft exige para este artículo.`
        : `${customer} no tiene derecho a los precios ${pricesOf(segment)}.`,
    remedy:
      'Elija después otra edición u otro producto; o solicite la calificación en el Centro de partners (Clientes → el cliente → Cuenta).',
  }),
  qualification: (customer, { name, status, reason }) => ({
    what: {
      denied: `Microsoft denegó a ${customer} los precios ${pricesOf(name)}${reason ? ` (${withoutFullStop(reason)})` : ''}.`,
      'in-review': `Microsoft aún está revisando si ${customer} tiene derecho a los precios ${pricesOf(name)}.`,
      unknown: `No se ha decidido si ${customer} tiene derecho a los precios ${pricesOf(name)}.`,
    }[status],
    remedy:
      status === 'denied'
        ? 'Se puede pedir a otros precios. Si es un error, solicítelo de nuevo en el Centro de partners (Clientes → el cliente → Cuenta).'
        : 'Ya se puede pedir a otros precios; estos aparecen aquí cuando Microsoft los aprueba.',
  }),
  address: (customer, flaws) => ({
    what: [tellLacking(customer, flaws), tellUnverified(customer, flaws)].filter(Boolean).join(' '),
    remedy:
      'El pedido puede continuar, pero quizá se rechace. Corrija la dirección en el Centro de partners (Clientes → el cliente → Cuenta).',
  }),
};

export const readiness: Words['readiness'] = {
  title: (customer) => `Antes de poder pedir para ${customer}`,
  sentence: (customer, missing) =>
    (points[missing.point] as (customer: string, missing: ReadinessProblem) => Sentence)(customer, missing),
  checkAgain: 'Siguiente: comprobar de nuevo',
  otherCustomer: 'Editar: otro cliente',
  notAllowed: 'Un agente de administración puede confirmar el contrato aquí: pulse «Traspasar» para dejárselo.',
  agreement: {
    question: '¿Quién aceptó el Contrato de cliente de Microsoft?',
    text: (customer, filledIn) =>
      [
        `Indique quién lo aceptó en ${customer}, y cuándo.`,
        filledIn === 'from-profile' ? 'El contacto del perfil de facturación ya está puesto: compruébelo.' : '',
        filledIn === 'nothing'
          ? 'No se pudo leer ningún contacto del perfil de facturación, así que no hay ninguno puesto.'
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    read: 'Abrir el contrato',
    review: 'Revise lo que se comunicará a Microsoft',
    facts: {
      customer: 'Cliente',
      contact: 'Aceptado por',
      email: 'Correo electrónico',
      phone: 'Teléfono',
      on: 'Aceptado el',
    },
    binding:
      'Con «Confirmar» declara a Microsoft, en nombre de su empresa, que esta persona aceptó el Contrato de cliente de Microsoft por el cliente. Se guardan su nombre y la hora.',
    confirm: (name, on) => `Confirmar: ${name} lo aceptó el ${day(on)}`,
    thereAlready:
      'Microsoft ya tenía la confirmación de otra persona para este cliente, así que la suya no se ha enviado. No falta nada.',
    notShownYet:
      'Microsoft ha recibido la confirmación, pero aún no la muestra. Pulse «Siguiente: comprobar de nuevo» dentro de un minuto.',
    problems: {
      firstName: 'Indique el nombre de la persona que aceptó, de 1 a 50 caracteres.',
      lastName: 'Indique los apellidos de la persona que aceptó, de 1 a 50 caracteres.',
      email: 'Indique la dirección de correo electrónico de la persona que aceptó, por ejemplo anna@contoso.com.',
      phone: 'Eso no es un número de teléfono. Se admiten cifras, espacios y + - ( ); el campo puede quedar vacío.',
      agreedOn: 'Indique el día de la aceptación como año-mes-día, por ejemplo 2026-01-31.',
      tooEarly:
        'Antes de 2019 no había Contrato de cliente de Microsoft. Indique el día en que se aceptó este contrato.',
      future: 'El contrato no se puede aceptar en el futuro. Indique el día en que se aceptó.',
    },
  },
};
