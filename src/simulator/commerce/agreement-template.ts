/** The one template of the Microsoft Customer Agreement. */
export const AGREEMENT_TEMPLATE = '117a77b0-9360-443b-8795-c6dedc750cf9';
export const AGREEMENT_TYPE = 'MicrosoftCustomerAgreement';
export const AGREEMENT_LINK = 'https://aka.ms/customeragreement';
