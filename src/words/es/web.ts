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
  secret: {
    title: 'Claves y descargas',
    asked: 'Obteniéndola, solo para usted …',
    copyOf: 'Copiar: ',
    copied: 'Copiado. Permanece en el portapapeles hasta que copie otra cosa.',
    notCopied: 'No se pudo copiar. Selecciónelo y cópielo a mano.',
    open: 'Abrir la descarga',
    hide: 'Ocultar',
    left: 'Desaparece en {seconds} s',
    hidden: 'Ocultado.',
    onlyYou: 'Solo usted ve esto. Queda registrado que lo ha consultado.',
    failed: 'No se pudo enviar y no se muestra nada. Pulse el botón otra vez.',
  },
};
