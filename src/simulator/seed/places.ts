/** Where the seed's customers live: per country some cities, one street name, some people, one fictional telephone. */
export interface Place {
  cities: { city: string; state?: string; postalCode: string }[];
  street: string;
  people: string[];
  phone: string;
}

export const PLACES: Record<string, Place> = {
  US: {
    cities: [
      { city: 'Redmond', state: 'WA', postalCode: '98052' },
      { city: 'Austin', state: 'TX', postalCode: '78701' },
      { city: 'Boston', state: 'MA', postalCode: '02108' },
    ],
    street: 'Main Street',
    people: ['Tania Carr', 'Isaiah Langer', 'Debra Berger', 'Patti Fernandez'],
    phone: '5555550100',
  },
  CA: {
    cities: [{ city: 'Toronto', state: 'ON', postalCode: 'M5H 2N2' }],
    street: 'Queen Street',
    people: ['Lynne Robbins', 'Grady Archie'],
    phone: '4165550100',
  },
  DE: {
    cities: [
      { city: 'München', postalCode: '80331' },
      { city: 'Hamburg', postalCode: '20095' },
    ],
    street: 'Hauptstraße',
    people: ['Lidia Holloway', 'Jonas Krüger', 'Hanna Vogel'],
    phone: '089 5550100',
  },
  FR: {
    cities: [
      { city: 'Lyon', postalCode: '69002' },
      { city: 'Paris', postalCode: '75008' },
    ],
    street: 'Rue de la République',
    people: ['Amélie Garnier', 'Luc Fournier'],
    phone: '01 55 50 01 00',
  },
  NL: {
    cities: [{ city: 'Utrecht', postalCode: '3511 AB' }],
    street: 'Oudegracht',
    people: ['Femke Jansen', 'Daan Visser'],
    phone: '030 5550100',
  },
  IT: {
    cities: [{ city: 'Milano', postalCode: '20121' }],
    street: 'Via Dante',
    people: ['Giulia Ricci', 'Marco Conti'],
    phone: '02 5550100',
  },
  ES: {
    cities: [{ city: 'Valencia', postalCode: '46002' }],
    street: 'Calle Mayor',
    people: ['Lucía Ortega', 'Diego Navarro'],
    phone: '96 5550100',
  },
  PL: {
    cities: [
      { city: 'Kraków', postalCode: '31-042' },
      { city: 'Warszawa', postalCode: '00-110' },
      { city: 'Łódź', postalCode: '90-001' },
    ],
    street: 'ul. Długa',
    people: ['Zofia Wiśniewska', 'Łukasz Dąbrowski', 'Grażyna Żak'],
    phone: '22 555 01 00',
  },
  CZ: {
    cities: [{ city: 'Brno', postalCode: '602 00' }],
    street: 'Masarykova',
    people: ['Jiří Dvořák', 'Eliška Nováková'],
    phone: '555 010 100',
  },
  SE: {
    cities: [{ city: 'Göteborg', postalCode: '411 03' }],
    street: 'Kungsgatan',
    people: ['Elin Åberg', 'Oskar Lindqvist'],
    phone: '031 5550100',
  },
  GB: {
    cities: [{ city: 'Leeds', postalCode: 'LS1 4AP' }],
    street: 'High Street',
    people: ['Megan Bowen', 'Henry Ross'],
    phone: '0113 5550100',
  },
  CH: {
    cities: [{ city: 'Luzern', postalCode: '6003' }],
    street: 'Bahnhofstrasse',
    people: ['Urs Keller', 'Nina Frei'],
    phone: '041 5550100',
  },
  JP: {
    cities: [{ city: '大阪市', postalCode: '530-0001' }],
    street: '梅田',
    people: ['Haruka Tanaka', 'Kenji Sato'],
    phone: '06 5550 0100',
  },
};
