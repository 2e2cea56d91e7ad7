import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  overview: 'Ce que je peux faire pour vous',
  hi: (name) => `Bonjour${name ? ` ${name}` : ''}.`,
  findHint: 'Nom, domaine ou numéro',
  hello: (name) =>
    `Bonjour${name ? ` ${name}` : ''}. Je vous aide à acheter des logiciels locaux pour vos clients, à obtenir clés et téléchargements et à annuler des achats.`,
  tagline: 'Achats, clés et annulations pour vos clients',
  waiting: (things) => (things === 1 ? 'Un point vous attend.' : `${things} points vous attendent.`),
  intro: 'Saisissez l’une de ces instructions.',
  mention: 'Dans un canal, mentionnez-moi d’abord (@) : je réponds dans le même fil.',
  more: (typed) => `Pour en savoir plus sur l’une d’elles, saisissez « ${typed} ».`,
  orType: (examples, all) =>
    `Saisissez ce que vous souhaitez, par exemple ${examples.map((one) => `« ${one} »`).join(', ')}. « ${all} » affiche tout.`,
  aboutOne: (typed) => `Aide : ${typed}`,
  what: 'À quoi elle sert',
  need: 'Ce qu’il me faut',
  example: 'Par exemple',
  draft: 'brouillon',
  commands: {
    buy: 'commander des logiciels pour un client',
    software: 'ce que possède un client : « logiciels contoso »',
    orders: 'les commandes d’un client : « commandes contoso »',
    mine: 'ce que vous avez commandé ici : « mes commandes »',
    keys: 'clé et téléchargements d’une commande, pour vous seul',
    leak: 'signaler qu’une clé ou un téléchargement est connu d’autres : « fuite 1a2b3c4d5e6f »',
    cancel: 'annuler une commande et obtenir le remboursement',
    cases: 'les annulations et leur état',
    drafts: 'ce que vous avez commencé, pour le poursuivre',
    remind: 'être prévenu avant qu’une commande ne puisse plus être annulée',
    approvals: 'ce qui attend un second agent d’administration',
    audit: 'qui a fait quoi, pour les administrateurs, dans la conversation personnelle : « journal contoso »',
    doctor: 'tout est-il bien configuré ? Pour les administrateurs, dans la conversation personnelle',
    daily: 'un message par jour : ce qui se termine et ce qui attend : « quotidien 8:00 »',
    language: 'la langue dans laquelle j’écris : « langue deutsch »',
    whoami: 'qui vous êtes pour moi et ce que vous pouvez faire',
    help: 'cette liste',
  },
  welcome: 'Je vous en prie',
  anythingElse: 'Saisissez ce que vous souhaitez ensuite, ou « aide ».',
  labels: {
    buy: 'Acheter',
    software: 'Logiciels',
    orders: 'Commandes',
    mine: 'Mes commandes',
    keys: 'Clés',
    leak: 'Signaler une fuite',
    cancel: 'Annuler',
    cases: 'Dossiers',
    drafts: 'Brouillons',
    remind: 'Me rappeler',
    approvals: 'Approbations',
    audit: 'Journal',
    doctor: 'Diagnostic',
    daily: 'Message quotidien',
    language: 'Langue',
    whoami: 'Que puis-je faire ?',
    help: 'Aide',
  },
  topics: {
    buy: {
      needs:
        'Le client, le produit et la quantité. Je demande ce qui manque et ne commande rien avant que vous confirmiez le prix.',
      examples: ['acheter 10 windows server 2025 standard pour contoso', 'acheter contoso'],
    },
    software: {
      needs: 'Le client : son nom ou son domaine.',
      examples: ['logiciels contoso', 'logiciels pour fabrikam'],
    },
    orders: { needs: 'Le client ou un numéro de commande.', examples: ['commandes contoso', 'commandes 1a2b3c4d5e6f'] },
    mine: { needs: 'Rien.', examples: ['mes commandes', 'mes dernières commandes'] },
    keys: {
      needs:
        'Le numéro de commande, ou le client et le produit. Vous seul voyez la clé, et chaque consultation est enregistrée.',
      examples: ['clés 1a2b3c4d5e6f', 'clés windows server pour contoso'],
    },
    leak: {
      needs:
        'Le numéro de commande. Je demande ce qui a fuité avant de bloquer quoi que ce soit. Rien pour les fuites qui ne sont pas levées.',
      examples: ['fuite 1a2b3c4d5e6f', 'fuite LK-7K2M9Q'],
    },
    cancel: {
      needs:
        'Le numéro de commande, ou le client et le produit. Je montre ce qui est remboursé et jusqu’à quand, et n’annule rien sans votre confirmation. Pour un ticket, il me faut aussi un motif et un contact.',
      examples: ['annuler 1a2b3c4d5e6f', 'annuler office pour contoso'],
    },
    cases: {
      needs: 'Rien pour les plus récents ; sinon un client, un numéro de dossier ou le numéro de demande d’un ticket.',
      examples: ['dossiers', 'dossiers contoso'],
    },
    drafts: { needs: 'Rien. Les brouillons sont conservés 30 jours.', examples: ['brouillons', 'mes brouillons'] },
    remind: {
      needs: 'Le numéro de commande. Je vous préviens ici avant la fin du délai.',
      examples: ['rappeler 1a2b3c4d5e6f', 'rappelle-moi 1a2b3c4d5e6f'],
    },
    approvals: {
      needs: 'Rien pour celles qui attendent ; sinon le numéro de l’une d’elles.',
      examples: ['approbations', 'approbations AP-7K2M9Q'],
    },
    audit: {
      needs: 'Rien pour les entrées les plus récentes ; sinon un client, un numéro de commande ou une période.',
      examples: ['journal contoso', 'journal revue contoso'],
    },
    doctor: { needs: 'Rien.', examples: ['diagnostic', 'docteur'] },
    daily: {
      needs: 'Rien, ou l’heure ; « quotidien désactiver » y met fin. Dans un canal, il est pour tout le monde.',
      examples: ['quotidien 8:00', 'quotidien désactiver'],
    },
    language: {
      needs:
        'La langue : English, polski, Deutsch, français ou español. Dans une équipe ou un groupe, elle vaut pour tous.',
      examples: ['langue deutsch', 'langue'],
    },
    whoami: { needs: 'Rien.', examples: ['qui suis-je', 'whoami'] },
    help: {
      needs: 'Rien, ou l’instruction sur laquelle vous souhaitez en savoir plus.',
      examples: ['aide', 'aide annuler'],
    },
  },
  notUnderstood: (text) => `Je n’ai pas compris « ${text} ».`,
  didYouMean: (command) => `Vouliez-vous dire « ${command} » ?`,
  whoami: {
    title: (name) => `Vous êtes ${name}`,
    roles: 'Rôles',
    none: 'aucun que je connaisse',
    may: 'Vous pouvez',
    nothing:
      'Vous ne pouvez encore rien faire ici. Demandez à un administrateur de votre compte Espace partenaires de vous attribuer un rôle.',
    id: 'ID d’objet Entra',
  },
};
