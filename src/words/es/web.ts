import type { Words } from '../words.ts';

export const web: Words['web'] = {
  page: {
    loading: 'Cargando …',
    notOpened: 'No se pudo abrir esta página. Ábrala en Microsoft Teams con la cuenta de su organización.',
    noScript: 'Esta página necesita JavaScript.',
    again: 'Reintentar',
    failed: 'No se pudo enviar. Inténtelo de nuevo.',
    working: 'En curso …',
    close: 'Cerrar',
    ask: '¿Qué quiere hacer?',
    send: 'Enviar',
    conversation: 'Conversación',
  },
};
