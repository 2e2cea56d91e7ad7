/** How people begin before they say what they want; also what dictation writes down of it. */
export const politeBefore: readonly string[] = [
  ...['please', 'pls', 'plz', 'kindly', 'um', 'umm', 'uh', 'uhh', 'erm', 'hm', 'hmm', 'ok', 'okay', 'so', 'well'],
  ...['and', 'also', 'now', 'then', 'just', 'quickly', 'can you', 'could you', 'would you', 'can i', 'could i'],
  ...['may i', 'can we', 'could we', 'i want to', 'i want', 'we want to', 'we want', 'i need to', 'i need'],
  ...['we need to', 'we need', 'i would like to', 'i would like', "i'd like to", "i'd like", "we'd like to", "let's"],
  ...['show me the', 'show me all', 'show me', 'show the', 'show all', 'show', 'give me the', 'give me', 'get me the'],
  ...['get me', 'send me the', 'send me', 'list all', 'list the', 'list', 'the', 'what are the', 'go ahead and'],
  ...['proszę', 'proszę o', 'poproszę', 'poproszę o', 'czy możesz', 'czy mogę', 'czy można', 'czy mógłbyś'],
  ...['czy mogłabyś', 'czy możemy', 'możesz', 'mógłbyś', 'chcę', 'chciałbym', 'chciałabym', 'chcemy', 'chcielibyśmy'],
  ...['pokaż mi wszystkie', 'pokaż wszystkie', 'pokaż mi', 'pokaż', 'wyświetl', 'daj mi', 'daj', 'podaj mi', 'podaj'],
  ...['potrzebuję', 'potrzebujemy', 'dobra', 'jeszcze'],
  ...['bitte', 'kannst du', 'können sie', 'könntest du', 'könnten sie', 'kann ich', 'könnte ich', 'ich möchte'],
  ...['ich würde gerne', 'ich würde gern', 'ich will', 'ich brauche', 'ich bräuchte', 'ich benötige', 'wir brauchen'],
  ...['wir bräuchten', 'wir benötigen', 'wir möchten', 'zeig mir', 'zeige mir', 'zeigen sie mir', 'zeig', 'zeige'],
  ...['gib mir', 'geben sie mir', 'ähm', 'äh', 'also', 'mal', 'die', 'den', 'das', 'alle'],
  ...["s'il te plaît", "s'il vous plaît", 'svp', 'stp', 'peux-tu', 'tu peux', 'pouvez-vous', 'pourrais-tu'],
  ...['pourriez-vous', 'puis-je', 'est-ce que je peux', 'je veux', 'je voudrais', "j'aimerais", 'nous voulons'],
  ...['nous voudrions', 'on veut', 'il me faut', 'il nous faut', "j'ai besoin de", "j'ai besoin des", "j'ai besoin"],
  ...['nous avons besoin de', 'on a besoin de', 'montre-moi', 'montrez-moi', 'montre', 'affiche', 'affichez'],
  ...['donne-moi', 'donnez-moi', 'euh', 'alors', 'veuillez', 'les', 'toutes les', 'tous les'],
  ...['por favor', 'puedes', 'me puedes', 'podrías', 'podría', 'puede', 'puedo', 'quiero', 'queremos', 'quisiera'],
  ...['necesito', 'necesitamos', 'me gustaría', 'muéstrame', 'muestra', 'enséñame', 'dame', 'deme', 'pues', 'eh'],
  ...['las', 'los', 'todas las', 'todos los'],
];

/** How people end. */
export const politeAfter: readonly string[] = [
  ...['please', 'pls', 'plz', 'thanks', 'thx', 'thank you', 'many thanks', 'thanks a lot', 'asap', 'fyi', 'cc'],
  ...['right away', 'as soon as possible', 'if you can', 'for me'],
  ...[
    'proszę',
    'poproszę',
    'dziękuję',
    'dzięki',
    'z góry dziękuję',
    'z góry dzięki',
    'do wiadomości',
    'jak najszybciej',
  ],
  ...['pilne', 'pilnie'],
  ...['bitte', 'danke', 'danke schön', 'vielen dank', 'so schnell wie möglich', 'dringend', 'danke im voraus'],
  ...[
    "s'il te plaît",
    "s'il vous plaît",
    'svp',
    'stp',
    'merci',
    "merci d'avance",
    'merci beaucoup',
    'dès que possible',
  ],
  ...['por favor', 'gracias', 'muchas gracias', 'cuanto antes', 'urgente', 'urgent'],
];

/** Dictation writes down what was meant as a mark. */
export const spokenMarks: readonly string[] = [
  ...['full stop', 'period', 'comma', 'question mark', 'exclamation mark', 'exclamation point'],
  ...['kropka', 'przecinek', 'znak zapytania', 'wykrzyknik'],
  ...['punkt', 'komma', 'fragezeichen', 'ausrufezeichen'],
  ...['point final', 'virgule', "point d'interrogation", "point d'exclamation"],
  ...['punto final', 'signo de interrogación', 'signo de exclamación'],
];

/** Between the command and what it is about: `cancel order no. 123`, `commandes du client Contoso`. */
export const betweenWords: readonly string[] = [
  ...['of', 'for', 'from', 'the order', 'order', 'order id', 'id', 'number', 'no.', 'customer', 'the customer'],
  ...['of the', 'for the', 'of customer', 'subscription'],
  ...['dla', 'do', 'z', 'od', 'klienta', 'klientowi', 'zamówienia', 'zamówienie', 'numer', 'numerze', 'nr', 'nr.'],
  ...['sprawy', 'firmy', 'subskrypcji'],
  ...['für', 'von', 'vom', 'der bestellung', 'die bestellung', 'bestellung', 'bestellnummer', 'auftrag'],
  ...['den auftrag', 'des auftrags', 'nummer', 'kunde', 'kunden', 'den kunden', 'des kunden'],
  ...[
    'pour',
    'de',
    'du',
    'des',
    'la commande',
    'de la commande',
    'commande',
    'numéro',
    'n°',
    'nº',
    'client',
    'le client',
  ],
  ...['du client'],
  ...['para', 'del', 'el pedido', 'del pedido', 'pedido', 'número', 'cliente', 'el cliente', 'del cliente'],
];

/** Beside thanks, these do not make it anything else. */
export const besideThanks: readonly string[] = [
  ...[
    'ok',
    'okay',
    'great',
    'perfect',
    'super',
    'cool',
    'nice',
    'good',
    'you',
    'so',
    'very',
    'much',
    'a',
    'lot',
    'many',
  ],
  ...['bardzo', 'wielkie', 'dobra', 'świetnie'],
  ...['gut', 'prima', 'toll', 'schön', 'sehr', 'vielen', 'besten', 'dir', 'ihnen'],
  ...['bien', 'beaucoup', 'parfait', "c'est"],
  ...['muchas', 'mil', 'muy', 'amable', 'perfecto', 'genial'],
];
