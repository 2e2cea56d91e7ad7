import { doctorCard } from '../cards/doctor.ts';
import { messageCard } from '../cards/message.ts';
import { done, flow } from './engine/flow.ts';

/**
 *   staff   doctor
 *   bot     How I am set up: database all right, Partner Center: problem (consent-without-mfa) …
 */
export const doctor = flow({
  name: 'doctor',
  right: 'setup.check',
  async begin({ words, place, world, context }) {
    const shown = { ...context, draft: undefined };
    const { title, elsewhere } = words.doctor;
    if (place.kind !== 'personal') return done(messageCard(shown, { title, lines: [elsewhere] }));
    return done(doctorCard(shown, await world.setup.examine()));
  },
  questions: {},
});
