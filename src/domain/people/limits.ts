/** Of what nobody, and not all staff together, may ask for too much in a short time. */
export type Limited = 'reveals' | 'exports' | 'drafts' | 'searches' | 'unknownOrders' | 'pages';
